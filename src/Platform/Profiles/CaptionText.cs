using System.Text.RegularExpressions;

namespace Holdfast.Platform.Profiles;

/// <summary>A caption in pieces: words, and the hashtags and mentions that spaces or line ends set apart (§5.3).</summary>
internal static partial class CaptionText
{
    public static IEnumerable<(string Text, bool IsTag)> Pieces(string caption)
    {
        var end = 0;
        foreach (Match tag in Tag().Matches(caption))
        {
            if (tag.Index > end)
                yield return (caption[end..tag.Index], false);
            yield return (tag.Value, true);
            end = tag.Index + tag.Length;
        }
        if (end < caption.Length)
            yield return (caption[end..], false);
    }

    [GeneratedRegex(@"(?<=^|\s)[#@][\p{L}\p{M}\p{N}_.]*[\p{L}\p{M}\p{N}_]")]
    private static partial Regex Tag();
}
