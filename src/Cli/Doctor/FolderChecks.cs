using System.Globalization;
using System.Text.Json;
using Holdfast.Cli.Up;

namespace Holdfast.Cli.Doctor;

/// <summary>The data folder and the disk below it: room, rights, and how long it takes until something is really written.</summary>
internal static class FolderChecks
{
    private const long Tight = 2L * 1024 * 1024 * 1024;
    private const long Full = 200L * 1024 * 1024;
    private const int Writes = 9;

    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(50);

    public static IEnumerable<Check> Of(string folder, TimeProvider clock)
    {
        if (Glance.At(folder, "keys") is Sight.Closed)
        {
            yield return Glance.Closed("data", folder);
            yield break;
        }
        if (File.Exists(folder))
        {
            yield return Check.Fail("data", $"{folder} is a file, not a folder.", "Give the data folder with --data.");
            yield break;
        }
        if (!Directory.Exists(folder))
        {
            yield return Check.Warn("data", $"{folder} is not there.", "Nothing runs on it yet: holdfast up makes it. If it should be there, give the right folder with --data.");
            yield break;
        }
        if (AboutProblem(folder) is { } damaged)
            yield return Check.Fail("data", damaged, "Restore it from a backup, or choose another folder with --data.");
        if (Write(folder, clock, out var median) is { } refused)
        {
            yield return Check.Fail("data", $"{folder} cannot be written: {refused}", "Give this user the right to, or choose another folder with --data.");
            yield break;
        }
        yield return Check.Ok("data", $"{folder} can be written.");
        yield return Space(new DriveInfo(folder).AvailableFreeSpace);
        yield return Speed(median);
    }

    internal static Check Space(long free)
    {
        var said = $"{(free / (1024.0 * 1024 * 1024)).ToString("0.0", CultureInfo.InvariantCulture)} GB free";
        return free < Full ? Check.Fail("space", $"Only {said}: videos cannot be kept, and soon the database cannot either.", "Make room on this disk, or move the data folder to a bigger one.")
            : free < Tight ? Check.Warn("space", $"{said}: a few videos fill that.", "Make room on this disk.")
            : Check.Ok("space", $"{said}.");
    }

    internal static Check Speed(TimeSpan median)
    {
        var said = $"A write is on disk after {median.TotalMilliseconds.ToString("0.#", CultureInfo.InvariantCulture)} ms";
        return median > Slow
            ? Check.Warn("disk", $"{said}; every renewal and every step of a post waits for that.", "Put the data folder on a local disk: network and USB disks are slow like this, and SQLite is not safe on most network disks.")
            : Check.Ok("disk", $"{said}.");
    }

    private static string? AboutProblem(string folder)
    {
        try
        {
            DataFolder.ReadAbout(folder);
            return null;
        }
        catch (Exception damaged) when (damaged is JsonException or IOException or UnauthorizedAccessException)
        {
            return $"{Path.Combine(folder, "holdfast.json")} is damaged or cannot be read.";
        }
    }

    /// <summary>Writes a file of our own, forces it to disk some times, and takes it away again.</summary>
    private static string? Write(string folder, TimeProvider clock, out TimeSpan median)
    {
        median = TimeSpan.Zero;
        var probe = Path.Combine(folder, $".doctor-{Environment.ProcessId}");
        try
        {
            var times = new List<TimeSpan>();
            using (var file = new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 4096, FileOptions.DeleteOnClose))
            {
                for (var i = 0; i < Writes; i++)
                {
                    var since = clock.GetTimestamp();
                    file.Write(new byte[4096]);
                    file.Flush(flushToDisk: true);
                    times.Add(clock.GetElapsedTime(since));
                }
            }
            median = times.Order().ElementAt(Writes / 2);
            return null;
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException)
        {
            return refused.Message;
        }
    }
}
