using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Holdfast.Specs.Cli.Doctor;

/// <summary>Looks as somebody would who may not enter a folder. Root may enter all, so its thread gives that right up for the while.</summary>
[UnsupportedOSPlatform("windows")]
internal static class OtherUser
{
    private const uint Nobody = 65534;

    /// <param name="open">What somebody else may enter.</param>
    public static T Looks<T>(string closed, Func<T> look, params IReadOnlyList<string> open)
    {
        var before = open.Append(closed).Select(folder => (Folder: folder, Mode: File.GetUnixFileMode(folder))).ToList();
        foreach (var folder in open)
            File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        File.SetUnixFileMode(closed, UnixFileMode.None);
        var isRoot = Environment.IsPrivilegedProcess;
        try
        {
            if (isRoot)
                _ = SetUserForFiles(Nobody);
            return look();
        }
        finally
        {
            if (isRoot)
                _ = SetUserForFiles(0);
            foreach (var (folder, mode) in before)
                File.SetUnixFileMode(folder, mode);
        }
    }

    /// <summary>Of this thread alone.</summary>
    [DllImport("libc", EntryPoint = "setfsuid"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetUserForFiles(uint user);
}
