using Holdfast.Platform;
using Holdfast.Shell.Hosting;
using Holdfast.Studio;

namespace Holdfast.Cli.Up;

/// <summary>Starts both apps in this process, says when they are ready, and stops them together.</summary>
internal static class RunUp
{
    public static async Task<int> RunAsync(UpSettings settings, TimeProvider clock, CancellationToken stopping)
    {
        try
        {
            using var only = DataFolder.Take(settings.Data);
            await using var platform = PlatformApp.Build(settings.For(settings.PlatformPort), clock);
            await using var studio = StudioApp.Build(settings.For(settings.StudioPort), clock);

            await platform.StartReadyAsync(stopping);
            await studio.StartReadyAsync(stopping);
            Console.WriteLine($"Studio ready at http://localhost:{settings.StudioPort}");
            Console.WriteLine($"Platform ready at http://localhost:{settings.PlatformPort}");

            await WaitAsync(stopping);
            await studio.StopAsync(CancellationToken.None);
            await platform.StopAsync(CancellationToken.None);
            return 0;
        }
        catch (StartupException refused)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return 1;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return 0;
        }
    }

    private static async Task WaitAsync(CancellationToken stopping)
    {
        var told = new TaskCompletionSource();
        await using (stopping.Register(told.SetResult))
            await told.Task;
        await Console.Error.WriteLineAsync("Stopping: finishing what is under way.");
    }
}
