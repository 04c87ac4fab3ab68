using System.CommandLine;
using Holdfast.Cli.Up;
using Holdfast.Shell.Hosting;

namespace Holdfast.Cli.Reset;

/// <summary><c>holdfast reset</c>: deletes the demo, so that the next <c>up</c> begins it again.</summary>
internal static class ResetCommand
{
    // Only what Holdfast makes: a folder given by mistake keeps everything else.
    private static readonly string[] Ours = ["studio.db", "studio.db-*", "platform.db", "platform.db-*", "*.lock", "holdfast.json", "keys", "studio-media", "platform-media"];

    public static Command Create(Terminal terminal)
    {
        var data = new Option<string?>("--data") { Description = "Folder of databases, keys and media." };
        var yes = new Option<bool>("--yes") { Description = "Do not ask." };
        var command = new Command("reset", "Delete the demo: its databases, keys and media.") { data, yes };
        command.SetAction((parsed, stopping) => Start.RunAsync(() => RunAsync(UpOptions.Folder(parsed.GetValue(data)), parsed.GetValue(yes), terminal, stopping), stopping));
        return command;
    }

    private static async Task RunAsync(string path, bool yes, Terminal terminal, CancellationToken stopping)
    {
        if (Environment.GetEnvironmentVariable("HOLDFAST_DATABASE") is { Length: > 0 })
            throw new StartupException("reset deletes what is in the data folder, and HOLDFAST_DATABASE names a PostgreSQL database. Drop its schemas studio and platform yourself, or unset the variable.");
        if (!Directory.Exists(path) || Directory.EnumerateFileSystemEntries(path).All(entry => entry.EndsWith(".lock", StringComparison.Ordinal)))
        {
            terminal.Say($"There is nothing in {path}.");
            return;
        }
        using (var folder = DataFolder.Take(path, "studio", "platform"))
        {
            if (folder.About is not { Demo: true })
                throw new StartupException($"{path} was not begun with demo content, so reset leaves it alone. Delete the folder yourself if you mean it.");
            if (!yes)
                await AskAsync(path, terminal, stopping);
            foreach (var entry in Ours.SelectMany(pattern => Directory.EnumerateFileSystemEntries(path, pattern)).Where(entry => !entry.EndsWith(".lock", StringComparison.Ordinal)))
                Delete(entry);
        }
        // The locks last, once they are let go; whoever starts in between makes its own again.
        foreach (var held in Directory.EnumerateFiles(path, "*.lock"))
            File.Delete(held);
        terminal.Say("The demo is deleted. The next \"holdfast up\" begins it again.");
    }

    private static async Task AskAsync(string path, Terminal terminal, CancellationToken stopping)
    {
        var answer = await terminal.AskAsync($"This deletes the demo in {path} with everything that was done in it: accounts, posts, media and keys. Delete it? [y/N] ", stopping);
        if (answer?.Trim().ToLowerInvariant() is not ("y" or "yes"))
            throw new StartupException("Nothing was deleted. Answer y, or pass --yes, to delete it.");
    }

    private static void Delete(string entry)
    {
        if (Directory.Exists(entry))
            Directory.Delete(entry, recursive: true);
        else
            File.Delete(entry);
    }
}
