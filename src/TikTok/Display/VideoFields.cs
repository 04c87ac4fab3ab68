namespace Holdfast.TikTok.Display;

/// <summary>Names of video fields (tiktok-v2 §4.4). All need the scope <c>video.list</c>.</summary>
public static class VideoFields
{
    /// <summary>Every documented field.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "id", "create_time", "cover_image_url", "share_url", "video_description", "duration", "height", "width", "title",
        "embed_html", "embed_link", "like_count", "comment_count", "share_count", "view_count",
    ];
}
