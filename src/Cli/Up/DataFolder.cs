using Holdfast.Shell.Hosting;

namespace Holdfast.Cli.Up;

/// <summary>Holds the data folder for one process: two on the same SQLite files would each believe to be the only writer.</summary>
internal static class DataFolder
{
    /// <exception cref="StartupException">The folder cannot be written, or another Holdfast runs on it.</exception>
    public static IDisposable Take(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var path = Path.Combine(folder, "holdfast.lock");
            // Opened first and locked second, so that "no permission" and "somebody else has it" can be told apart.
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new StartupException($"The data folder {folder} cannot be written. Give this user the right to, or choose another with --data.", denied);
        }
        catch (IOException busy) when (File.Exists(Path.Combine(folder, "holdfast.lock")))
        {
            throw new StartupException($"Another Holdfast is running on the data folder {folder}. Stop it, or choose another with --data.", busy);
        }
        catch (IOException broken)
        {
            throw new StartupException($"The data folder {folder} cannot be used: {broken.Message} Choose another with --data.", broken);
        }
    }
}
