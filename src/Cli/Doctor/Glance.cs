namespace Holdfast.Cli.Doctor;

/// <summary>What is at a path, as far as this user sees.</summary>
internal enum Sight
{
    There,
    Absent,

    /// <summary>In a folder that this user may not look into: whether it is there, nobody can say.</summary>
    Closed,
}

internal static class Glance
{
    /// <remarks><c>Exists</c> of files and folders says no to what is merely closed to us, and then somebody restores keys that were never lost.</remarks>
    public static Sight At(params ReadOnlySpan<string> path)
    {
        try
        {
            File.GetAttributes(Path.Combine(path));
            return Sight.There;
        }
        catch (UnauthorizedAccessException)
        {
            return Sight.Closed;
        }
        catch (IOException)
        {
            return Sight.Absent;
        }
    }

    /// <summary>What to say where this user may not look.</summary>
    public static Check Closed(string name, string folder) =>
        Check.Fail(name, $"{folder} is closed to the user {Environment.UserName}: what is in it cannot be looked at.", "Run doctor as the user that runs Studio. Nothing has to be restored because of this.");
}
