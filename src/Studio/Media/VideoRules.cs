using Holdfast.TikTok.Posting;

namespace Holdfast.Studio.Media;

/// <summary>What TikTok takes (tiktok-v2 §5.11), checked before anybody waits for a verdict.</summary>
internal static class VideoRules
{
    public const long Largest = ChunkPlan.LargestVideo;
    public const int ShortestSide = 360;
    public const int LongestSide = 4096;

    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private static readonly string[] Codecs = ["avc1", "avc3", "hvc1", "hev1", "vp08", "vp09"];

    /// <summary>The key of the sentence that names the broken rule; null when there is none.</summary>
    public static string? Problem(VideoFacts facts) => facts switch
    {
        { Codec: { } codec } when !Codecs.Contains(codec, StringComparer.Ordinal) => "media.refused.codec",
        { Duration: { } length } when length > Longest => "media.refused.long",
        { Width: > LongestSide } or { Height: > LongestSide } => "media.refused.large-picture",
        { Width: > 0 and < ShortestSide } or { Height: > 0 and < ShortestSide } => "media.refused.small-picture",
        // Variable frame rates average a little below their nominal value.
        { FrameRate: { } rate } when rate is < 22.5 or > 60.5 => "media.refused.frame-rate",
        _ => null,
    };
}
