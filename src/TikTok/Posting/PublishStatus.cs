namespace Holdfast.TikTok.Posting;

/// <summary>Where a post stands (tiktok-v2 §5.7).</summary>
public enum PublishState
{
    /// <summary>A status this library does not know; see <see cref="PublishStatus.Status"/> and ask again later.</summary>
    Unrecognised,

    /// <summary>Bytes are arriving or being checked.</summary>
    ProcessingUpload,

    /// <summary>TikTok is pulling the media.</summary>
    ProcessingDownload,

    /// <summary>A draft waits in the creator's inbox.</summary>
    InInbox,

    /// <summary>Published, or the draft was finished by the creator.</summary>
    Complete,

    /// <summary>It will not be published; see <see cref="PublishStatus.FailReason"/>.</summary>
    Failed,
}

/// <summary>What TikTok says about a post.</summary>
/// <param name="State">Where it stands.</param>
/// <param name="Status">TikTok's own word for it.</param>
/// <param name="FailReason">A word of §5.7 such as <c>duration_check_failed</c>; null unless failed.</param>
/// <param name="PostIds">Ids of public posts, after moderation; often empty for minutes, and always for posts that are not public.</param>
/// <param name="UploadedBytes">Bytes received by upload; null when not told.</param>
/// <param name="DownloadedBytes">Bytes pulled; null when not told.</param>
public sealed record PublishStatus(
    PublishState State, string Status, string? FailReason, IReadOnlyList<long> PostIds, long? UploadedBytes, long? DownloadedBytes);
