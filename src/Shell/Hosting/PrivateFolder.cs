namespace Holdfast.Shell.Hosting;

/// <summary>Folders that are their owner's alone from the first moment: between making one and closing it, others could look in.</summary>
public static class PrivateFolder
{
    /// <summary>Makes it where it is not there; one that is keeps its rights.</summary>
    public static DirectoryInfo Make(string path) => OperatingSystem.IsWindows()
        ? Directory.CreateDirectory(path)
        : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

    /// <summary>Where a data folder keeps its keys.</summary>
    public static string OfKeys(string data) => Path.Combine(data, "keys");
}
