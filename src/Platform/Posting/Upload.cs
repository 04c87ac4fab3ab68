namespace Holdfast.Platform.Posting;

/// <summary>Where a post stands on its way in (§10.4).</summary>
internal static class UploadState
{
    public const string Uploading = "uploading";
    public const string Processing = "processing";
    public const string Published = "published";
    public const string Failed = "failed";
}

/// <summary>Why a post failed, in the protocol's words (§5.7).</summary>
internal static class FailReason
{
    public const string FileFormat = "file_format_check_failed";
    public const string Duration = "duration_check_failed";
    public const string FrameRate = "frame_rate_check_failed";
    public const string PictureSize = "picture_size_check_failed";
    public const string Internal = "internal";
    public const string AuthRemoved = "auth_removed";
    public const string Banned = "spam_risk_user_banned_from_posting";
}

/// <summary>One direct post's row.</summary>
internal sealed record Upload
{
    public string Id { get; init; } = "";
    public string PublishId { get; init; } = "";
    public byte[] TokenDigest { get; init; } = [];
    public string CreatorId { get; init; } = "";
    public string AppId { get; init; } = "";
    public string ConsentId { get; init; } = "";
    public string BlobKey { get; init; } = "";
    public long VideoSize { get; init; }
    public long ChunkSize { get; init; }
    public long ChunkCount { get; init; }

    /// <summary>Bytes that are on disk, from the first on without a gap.</summary>
    public long ReceivedBytes { get; init; }

    public string State { get; init; } = "";
    public string? FailReason { get; init; }
    public string? VideoId { get; init; }
    public string Caption { get; init; } = "";
    public string PrivacyLevel { get; init; } = "";
    public bool CommentDisabled { get; init; }
    public bool DuetDisabled { get; init; }
    public bool StitchDisabled { get; init; }
    public long CoverAtMs { get; init; }
    public bool BrandContent { get; init; }
    public bool BrandOrganic { get; init; }
    public bool IsAigc { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UrlExpiresAt { get; init; }

    /// <summary>The claim that <see cref="UploadStore"/> handed this row out under.</summary>
    public long Fence { get; init; }

    public ChunkPlan Plan => new(VideoSize, ChunkSize, ChunkCount);
}
