using System.Globalization;

namespace Holdfast.Studio.Posts;

/// <summary>Lengths and sizes as players and file lists write them.</summary>
internal static class Spans
{
    public static string Text(TimeSpan length)
    {
        var whole = TimeSpan.FromSeconds(Math.Round(length.TotalSeconds));
        return whole.TotalHours >= 1 ? whole.ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture) : whole.ToString(@"m\:ss", CultureInfo.InvariantCulture);
    }
}

internal static class Sizes
{
    public static string Text(long bytes) => bytes switch
    {
        >= 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB"),
        >= 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, bytes / 1000)} kB"),
    };
}
