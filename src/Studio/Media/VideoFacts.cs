using System.Buffers.Binary;
using System.Text;

namespace Holdfast.Studio.Media;

/// <summary>What the file itself says about a video; its name and the browser's word are not asked.</summary>
/// <param name="Codec">Four letters such as <c>avc1</c>; null where we do not look into the container.</param>
public sealed record VideoFacts(string ContentType, TimeSpan? Duration = null, long? Width = null, long? Height = null, string? Codec = null, double? FrameRate = null)
{
    public const string Mp4 = "video/mp4";
    public const string QuickTime = "video/quicktime";
    public const string WebM = "video/webm";

    /// <summary>Bytes that tell the container.</summary>
    public const int HeadBytes = 64;

    private static ReadOnlySpan<byte> Ebml => [0x1A, 0x45, 0xDF, 0xA3];

    /// <summary>The container; null when it is none that TikTok takes.</summary>
    public static string? Sniff(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith(Ebml))
            return head.IndexOf("webm"u8) >= 0 ? WebM : null;
        if (head.Length < 12)
            return null;
        return Encoding.ASCII.GetString(head.Slice(4, 4)) switch
        {
            "ftyp" => head.Slice(8, 4).SequenceEqual("qt  "u8) ? QuickTime : IsImage(head.Slice(8, 4)) ? null : Mp4,
            // Old QuickTime files begin without saying what they are.
            "moov" or "mdat" or "wide" or "free" or "skip" when BinaryPrimitives.ReadUInt32BigEndian(head) is 0 or 1 or >= 8 => QuickTime,
            _ => null,
        };
    }

    /// <summary>As <see cref="Read"/>, of a video that lies elsewhere.</summary>
    public static async Task<VideoFacts?> ReadAsync(Stream video, CancellationToken aborted)
    {
        var head = new byte[HeadBytes];
        video.Position = 0;
        var kind = Sniff(head.AsSpan(0, await video.ReadAtLeastAsync(head, HeadBytes, throwOnEndOfStream: false, aborted)));
        return kind switch
        {
            null => null,
            WebM => new(WebM),
            _ => await MovieBox.ReadAsync(video, aborted) is { } movie && Mp4Boxes.Read(movie) is { } facts ? facts with { ContentType = kind } : null,
        };
    }

    /// <summary>Reads headers only, whatever the video's length.</summary>
    /// <returns>Null when it is no video TikTok takes.</returns>
    public static VideoFacts? Read(Stream video)
    {
        Span<byte> head = stackalloc byte[HeadBytes];
        video.Position = 0;
        var kind = Sniff(head[..video.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false)]);
        return kind switch
        {
            null => null,
            WebM => new(WebM),
            _ => Mp4Boxes.Read(video) is { } facts ? facts with { ContentType = kind } : null,
        };
    }

    private static bool IsImage(ReadOnlySpan<byte> brand) =>
        brand.SequenceEqual("heic"u8) || brand.SequenceEqual("heix"u8) || brand.SequenceEqual("mif1"u8) || brand.SequenceEqual("avif"u8);
}
