namespace Holdfast.Storage.Work;

/// <summary>Keeps one kind of due work running: at once when signalled, and on every tick, since signals are only hints.</summary>
public sealed class DueWorker(IDueWork work, Database database, TimeProvider clock, ILogger<DueWorker> log) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, work.Concurrency).Select(_ => RunAsync(stoppingToken)));

    private async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var woken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                using (database.Signals.Listen(topic => topic == work.Topic, _ => woken.TrySetResult()))
                {
                    while (await work.RunDueAsync(stopping))
                        stopping.ThrowIfCancellationRequested();
                    await Task.WhenAny(woken.Task, Task.Delay(Tick, clock, stopping));
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (ObjectDisposedException) when (stopping.IsCancellationRequested)
            {
                return; // a start that was refused takes the database away from workers that have just begun
            }
            catch (Exception failure)
            {
                // A worker that dies is a promise broken in silence: say it, and try again. The lease frees the row.
                log.Failed(failure, work.Topic);
                await Task.WhenAny(Task.Delay(AfterFailure, clock, stopping));
            }
        }
    }
}
