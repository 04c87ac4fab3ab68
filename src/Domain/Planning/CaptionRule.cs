namespace Holdfast.Domain.Planning;

/// <summary>How TikTok counts a video's caption (tiktok-v2 §5.3): in UTF-16 units, so most emoji count as two.</summary>
public static class CaptionRule
{
    public const int Limit = 2_200;

    public static CaptionCount Count(string? caption)
    {
        // TikTok links a tag only where a space or a new line stands before it.
        var words = (caption ?? "").Split([' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return new((caption ?? "").Length, words.Count(word => IsTag(word, '#')), words.Count(word => IsTag(word, '@')));
    }

    private static bool IsTag(string word, char sign) => word.Length > 1 && word[0] == sign && word[1] != sign;
}

public sealed record CaptionCount(int Units, int Hashtags, int Mentions)
{
    /// <summary>Negative when it is too long.</summary>
    public int Left => CaptionRule.Limit - Units;

    public bool IsTooLong => Left < 0;
}
