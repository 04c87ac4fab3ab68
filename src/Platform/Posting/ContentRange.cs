using System.Globalization;
using System.Text.RegularExpressions;

namespace Holdfast.Platform.Posting;

/// <summary><c>Content-Range: bytes {first}-{last}/{total}</c> of one chunk (§5.6).</summary>
internal readonly partial record struct ContentRange(long First, long Last, long Total)
{
    public long Length => Last - First + 1;

    /// <summary>Reads the one form that is allowed; <c>null</c> for every other, also for ranges that contradict themselves.</summary>
    public static ContentRange? Read(string? header)
    {
        if (header is null || Form().Match(header) is not { Success: true } found)
            return null;
        var range = new ContentRange(Number(found.Groups[1]), Number(found.Groups[2]), Number(found.Groups[3]));
        return range.First <= range.Last && range.Last < range.Total ? range : null;
    }

    /// <summary>What has arrived, for the answer: the last byte's index; <c>*</c> while there is none (RFC 9110 §14.4).</summary>
    public static string Arrived(long bytes, long total) => bytes == 0
        ? string.Create(CultureInfo.InvariantCulture, $"bytes */{total}")
        : string.Create(CultureInfo.InvariantCulture, $"bytes 0-{bytes - 1}/{total}");

    private static long Number(Capture digits) => long.Parse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    // 15 digits: far beyond the largest video and never too long for an Int64.
    [GeneratedRegex(@"\Abytes ([0-9]{1,15})-([0-9]{1,15})/([0-9]{1,15})\z")]
    private static partial Regex Form();
}
