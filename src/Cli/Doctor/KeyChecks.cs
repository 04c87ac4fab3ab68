namespace Holdfast.Cli.Doctor;

/// <summary>The master keys: there, readable by their owner alone, and shaped like keys. Whether they open what is stored, <see cref="StudioChecks"/> tries.</summary>
internal static class KeyChecks
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>There are keys to open stored secrets with; asking for them where there are none would make one.</summary>
    public static bool AreThere(string data, IConfiguration configuration) =>
        configuration["KEYS"] is { Length: > 0 } || File.Exists(Path.Combine(data, "keys", "studio-master"));

    public static IEnumerable<Check> Of(string data, IConfiguration configuration)
    {
        if (configuration["KEYS"] is { Length: > 0 } given)
        {
            var all = given.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            yield return all.Length > 0 && all.All(IsKey)
                ? Check.Ok("keys", $"HOLDFAST_KEYS holds {Count(all.Length)}.")
                : Check.Fail("keys", "HOLDFAST_KEYS holds something that is no key: a key is 32 bytes in base64, newest first, with commas between.", "Put the right keys back. Without them, stored secrets cannot be opened; none was changed.");
            yield break;
        }
        var folder = Path.Combine(data, "keys");
        if (Glance.At(folder, "studio-master") is Sight.Closed)
        {
            yield return Glance.Closed("keys", Glance.At(folder) is Sight.Closed ? data : folder);
            yield break;
        }
        if (!Directory.Exists(folder))
        {
            if (Directory.Exists(data))
                yield return Check.Fail("keys", $"{folder} is not there.", "Put the keys back from their backup: stored tokens open with nothing else. On a new installation, start holdfast up once.");
            yield break;
        }
        foreach (var check in OfFolder(folder))
            yield return check;
    }

    private static IEnumerable<Check> OfFolder(string folder)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(folder) & Others) is not UnixFileMode.None)
            yield return Check.Fail("keys", $"Others on this machine can look into {folder}.", $"chmod 700 {folder}");
        var path = Path.Combine(folder, "studio-master");
        if (!File.Exists(path))
        {
            yield return Check.Fail("keys", $"{path} is not there.", "Put it back from its backup, or set HOLDFAST_KEYS: stored tokens open with nothing else. On a new installation the first account that is connected makes it.");
            yield break;
        }
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) is not UnixFileMode.None)
            yield return Check.Fail("keys", $"Others on this machine can read {path}.", $"chmod 600 {path}");
        if (Read(path, out var lines) is { } refused)
            yield return Check.Fail("keys", $"{path} cannot be read: {refused}", "Run doctor as the user that runs Studio.");
        else if (lines.Count == 0 || !lines.All(IsKey))
            yield return Check.Fail("keys", $"{path} holds a line that is no key: a key is 32 bytes in base64, newest first, one a line.", "Put the right file back from its backup. Nothing that is stored was changed.");
        else
            yield return Check.Ok("keys", $"{path} holds {Count(lines.Count)} and is its owner's alone.");
    }

    private static string? Read(string path, out IReadOnlyList<string> lines)
    {
        lines = [];
        try
        {
            lines = [.. File.ReadAllLines(path).Select(line => line.Trim()).Where(line => line.Length > 0)];
            return null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return refused.Message;
        }
    }

    private static string Count(int keys) => keys == 1 ? "one key" : $"{keys} keys";

    private static bool IsKey(string text) => Convert.TryFromBase64String(text, new byte[64], out var count) && count == 32;
}
