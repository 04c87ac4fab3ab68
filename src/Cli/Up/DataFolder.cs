using System.Text.Json;
using Holdfast.Shell.Hosting;

namespace Holdfast.Cli.Up;

/// <summary>Holds the data folder for one process: two on the same files would each believe to be the only writer.</summary>
internal sealed class DataFolder : IDisposable
{
    private const string AboutName = "holdfast.json";

    private readonly List<FileStream> locks = [];

    private DataFolder(string path) => Path = path;

    public string Path { get; }

    /// <summary>What the folder was begun for; <c>null</c> while it is new.</summary>
    public About? About { get; private set; }

    /// <param name="apps">The apps that will run on it; each is held for itself, so that two machines' worth of commands may share a folder.</param>
    /// <exception cref="StartupException">The folder cannot be written, or another Holdfast runs on it.</exception>
    public static DataFolder Take(string path, params string[] apps)
    {
        var folder = new DataFolder(path);
        try
        {
            // A folder we make is ours alone; one that was there keeps the rights its owner gave it, but never shows our keys.
            PrivateFolder.Make(path);
            PrivateFolder.Make(PrivateFolder.OfKeys(path));
            foreach (var app in apps)
                folder.locks.Add(new FileStream(System.IO.Path.Combine(path, app + ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            folder.About = ReadAbout(path);
            return folder;
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException or JsonException)
        {
            folder.Dispose();
            throw new StartupException(Sentence(path, refused), refused);
        }
    }

    /// <summary>Writes down what the folder is for, or how far it came.</summary>
    public void Write(About about)
    {
        if (about == About)
            return;
        // Moved into place, so that a power cut leaves the old words or the new ones.
        var file = System.IO.Path.Combine(Path, AboutName);
        File.WriteAllText(file + ".new", JsonSerializer.Serialize(about, JsonSerializerOptions.Web));
        File.Move(file + ".new", file, overwrite: true);
        About = about;
    }

    /// <summary>Demo people have passwords that stand in the manual, so a folder with the demo is for this machine alone.</summary>
    /// <exception cref="StartupException">One of the apps would answer to others.</exception>
    public void KeepDemoHere(params AppOptions[] apps)
    {
        if (About is { Demo: true } && !apps.All(app => app.IsLoopback))
            throw new StartupException($"The data folder {Path} holds the demo, whose passwords everybody knows, so it is for this machine alone. Choose another folder with --data.");
    }

    public static About? ReadAbout(string path)
    {
        var file = System.IO.Path.Combine(path, AboutName);
        return File.Exists(file) ? JsonSerializer.Deserialize<About>(File.ReadAllText(file), JsonSerializerOptions.Web) : null;
    }

    public void Dispose()
    {
        foreach (var held in locks)
            held.Dispose();
    }

    private static string Sentence(string path, Exception refused) => refused switch
    {
        UnauthorizedAccessException => $"The data folder {path} cannot be written. Give this user the right to, or choose another with --data.",
        JsonException => $"{System.IO.Path.Combine(path, AboutName)} is damaged. Restore it from a backup, or choose another folder with --data.",
        _ when IsHeld(refused) => $"Another Holdfast is running on the data folder {path}. Stop it, or choose another with --data.",
        _ when FileInTheWay(path) is { } file => $"The data folder {path} cannot be made, because {file} is a file. Move it away, or choose another folder with --data.",
        _ => $"The data folder {path} cannot be used: {refused.Message.TrimEnd('.')}. Choose another with --data.",
    };

    // EWOULDBLOCK of Linux, of the BSDs and macOS, and Windows' sharing violation.
    private static bool IsHeld(Exception refused) => refused.HResult is 11 or 35 or unchecked((int)0x80070020);

    private static string? FileInTheWay(string? path)
    {
        for (; path is { Length: > 0 }; path = System.IO.Path.GetDirectoryName(path))
        {
            if (File.Exists(path))
                return path;
        }
        return null;
    }
}

/// <summary>What a data folder was begun for; that never changes, because accounts of one world mean nothing in the other.</summary>
/// <param name="TikTok">Accounts at TikTok itself, not at the Platform.</param>
/// <param name="Demo">Demo people and content.</param>
/// <param name="IsSeeded">The demo's story is told to its end.</param>
internal sealed record About(bool TikTok, bool Demo, bool IsSeeded = false);
