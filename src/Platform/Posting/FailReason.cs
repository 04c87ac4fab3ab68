namespace Holdfast.Platform.Posting;

/// <summary>Why a post failed, in the protocol's words (§5.7).</summary>
internal static class FailReason
{
    public const string FileFormat = "file_format_check_failed";
    public const string Duration = "duration_check_failed";
    public const string FrameRate = "frame_rate_check_failed";
    public const string PictureSize = "picture_size_check_failed";
    public const string Internal = "internal";
    public const string VideoPull = "video_pull_failed";
    public const string PhotoPull = "photo_pull_failed";
    public const string Cancelled = "publish_cancelled";
    public const string AuthRemoved = "auth_removed";
    public const string TooManyPosts = "spam_risk_too_many_posts";
    public const string Banned = "spam_risk_user_banned_from_posting";
    public const string SpamText = "spam_risk_text";
    public const string Spam = "spam_risk";

    /// <summary>All of them, for whoever may choose one.</summary>
    public static readonly string[] All =
    [
        FileFormat, Duration, FrameRate, PictureSize, Internal, VideoPull, PhotoPull, Cancelled, AuthRemoved, TooManyPosts, Banned, SpamText, Spam,
    ];
}
