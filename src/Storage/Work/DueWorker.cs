namespace Holdfast.Storage.Work;

/// <summary>Keeps one kind of due work running: at once when signalled, and on every tick, since signals are only hints.</summary>
/// <remarks>One hand looks whether anything is due. As long as the latest one is busy, the next one looks too, up to <see cref="IDueWork.Concurrency"/>: many hands cost nothing while there is little to do.</remarks>
public sealed class DueWorker(IDueWork work, Database database, TimeProvider clock, ILogger<DueWorker> log) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    /// <summary>A hand that has not come back by now has found something.</summary>
    private static readonly TimeSpan LookTakes = TimeSpan.FromMilliseconds(20);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var hands = new List<Hand>();
        while (!stoppingToken.IsCancellationRequested)
        {
            // Listening before looking: what becomes due in between is heard.
            var woken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using (database.Signals.Listen(topic => topic == work.Topic, _ => woken.TrySetResult()))
            {
                await LookAsync(hands, stoppingToken);
                // The one that found nothing is free, and nobody waits for what has ended.
                hands.RemoveAll(hand => hand.Done.IsCompleted);
                await Task.WhenAny([woken.Task, Task.Delay(Tick, clock, stoppingToken), .. hands.Count < work.Concurrency ? [] : hands.Select(hand => hand.Done)]);
            }
            hands.RemoveAll(hand => hand.Done.IsCompleted);
        }
        await Task.WhenAll(hands.Select(hand => hand.Done));
    }

    /// <summary>Starts hands until one finds nothing to do, or fails, or there is none left.</summary>
    private async Task LookAsync(List<Hand> hands, CancellationToken stopping)
    {
        while (hands.Count < work.Concurrency && !stopping.IsCancellationRequested)
        {
            var hand = new Hand();
            hand.Done = WorkAsync(hand, stopping);
            hands.Add(hand);
            if (!hand.Done.IsCompleted)
                await Task.WhenAny(hand.Done, hand.Failed.Task, Task.Delay(LookTakes, clock, stopping));
            if (hand.Done.IsCompleted || hand.Failed.Task.IsCompleted)
                return;
        }
    }

    /// <summary>Works until nothing is due. Never throws.</summary>
    private async Task WorkAsync(Hand hand, CancellationToken stopping)
    {
        try
        {
            while (await work.RunDueAsync(stopping))
                stopping.ThrowIfCancellationRequested();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
        catch (ObjectDisposedException) when (stopping.IsCancellationRequested)
        {
            // A start that was refused takes the database away from workers that have just begun.
        }
        catch (Exception failure)
        {
            // A worker that dies is a promise broken in silence: say it, and try again. The lease frees the row.
            log.Failed(failure, work.Topic);
            hand.Failed.TrySetResult();
            await Task.WhenAny(Task.Delay(AfterFailure, clock, stopping));
        }
    }

    private sealed class Hand
    {
        public Task Done { get; set; } = Task.CompletedTask;

        /// <summary>It rests for a while; others may look meanwhile, each in its turn.</summary>
        public TaskCompletionSource Failed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
