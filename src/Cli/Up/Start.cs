using System.Data.Common;
using Holdfast.Shell.Hosting;

namespace Holdfast.Cli.Up;

/// <summary>A start that is refused is one sentence and exit code 1; being told to stop is exit code 0.</summary>
internal static class Start
{
    public static async Task<int> RunAsync(Func<Task> run, CancellationToken stopping)
    {
        try
        {
            await run();
            return 0;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return 0;
        }
        catch (StartupException refused)
        {
            return await RefuseAsync(refused.Message);
        }
        catch (DbException database)
        {
            return await RefuseAsync($"The database cannot be used: {OneLine(database.Message)} Look at --database, or choose another folder with --data.");
        }
        catch (Exception denied) when (denied is UnauthorizedAccessException or IOException)
        {
            return await RefuseAsync($"A file cannot be used: {OneLine(denied.Message)} Mend that, or choose another folder with --data.");
        }
    }

    public static async Task WaitAsync(CancellationToken stopping)
    {
        var told = new TaskCompletionSource();
        await using (stopping.Register(told.SetResult))
            await told.Task;
        await Console.Error.WriteLineAsync("Stopping: finishing what is under way. Press Ctrl-C again to stop at once.");
    }

    private static string OneLine(string message) => message.ReplaceLineEndings(" ").TrimEnd('.', ' ') + ".";

    private static async Task<int> RefuseAsync(string sentence)
    {
        await Console.Error.WriteLineAsync(sentence);
        return 1;
    }
}
