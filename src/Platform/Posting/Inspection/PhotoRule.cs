namespace Holdfast.Platform.Posting.Inspection;

/// <summary>Which pictures may be posted (§5.11): 1080p at most, either way up.</summary>
internal static class PhotoRule
{
    private const int LongestSide = 1_920;
    private const int LongestShortSide = 1_080;

    /// <summary>The <c>fail_reason</c>; <c>null</c> when the picture may be posted.</summary>
    /// <param name="facts"><c>null</c> for a file that is no JPEG or WebP.</param>
    public static string? Problem(PictureFacts? facts) => facts switch
    {
        null => FailReason.FileFormat,
        _ when Math.Max(facts.Width, facts.Height) > LongestSide || Math.Min(facts.Width, facts.Height) > LongestShortSide => FailReason.PictureSize,
        _ => null,
    };
}
