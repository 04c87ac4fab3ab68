using System.Runtime.CompilerServices;

namespace Holdfast;

/// <summary>A run of tests writes below one temporary folder of its own, which goes with whatever is left in it when the run ends.</summary>
internal static class OwnTemporaryFolder
{
    [ModuleInitializer]
    internal static void Make()
    {
        var folder = Directory.CreateTempSubdirectory("holdfast-tests").FullName;
        // What Path.GetTempPath looks for, here and in the processes that tests start.
        foreach (var name in OperatingSystem.IsWindows() ? (string[])["TMP", "TEMP"] : ["TMPDIR"])
            Environment.SetEnvironmentVariable(name, folder);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Remove(folder);
    }

    // A process of a test that failed may still write there; then the rest stays.
    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception inUse) when (inUse is IOException or UnauthorizedAccessException) { }
    }
}
