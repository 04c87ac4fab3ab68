namespace Holdfast.Platform.Posting.Inspection;

/// <summary>Which videos may be posted (§5.11).</summary>
internal static class VideoRule
{
    private const int ShortestSide = 360;
    private const int LongestSide = 4_096;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    // H.264, H.265, VP8 and VP9 as the containers spell them.
    private static readonly string[] Codecs = ["avc1", "avc3", "hvc1", "hev1", "vp08", "vp09", "V_VP8", "V_VP9"];

    /// <summary>The <c>fail_reason</c>; <c>null</c> when the video may be posted.</summary>
    /// <param name="facts"><c>null</c> for a file that is no video we can read.</param>
    public static string? Problem(MovieFacts? facts, TimeSpan longestForCreator) => facts switch
    {
        null or { Codec: null } => FailReason.FileFormat,
        _ when !Codecs.Contains(facts.Codec, StringComparer.Ordinal) => FailReason.FileFormat,
        { Duration: { } duration } when duration <= TimeSpan.Zero || duration > Longest || duration > longestForCreator => FailReason.Duration,
        { Width: < ShortestSide or > LongestSide } or { Height: < ShortestSide or > LongestSide } => FailReason.PictureSize,
        // An average over the whole file may miss a round rate by a frame.
        { FramesPerSecond: < 22.9 or > 60.5 } => FailReason.FrameRate,
        _ => null,
    };
}
