namespace Holdfast.Platform.Posting;

/// <summary>One post's row, from the call that began it on.</summary>
public record Upload
{
    public string Id { get; init; } = "";
    public string PublishId { get; init; } = "";

    /// <summary>What opens the <c>upload_url</c>; empty where we fetch.</summary>
    public byte[] TokenDigest { get; init; } = [];

    public string CreatorId { get; init; } = "";
    public string AppId { get; init; } = "";
    public string ConsentId { get; init; } = "";

    /// <summary>One of <see cref="PostKind"/>.</summary>
    public string Kind { get; init; } = "";

    /// <summary>One of <see cref="PostWay"/>.</summary>
    public string Way { get; init; } = "";

    /// <summary>One of <see cref="PostGoal"/>.</summary>
    public string Goal { get; init; } = "";

    /// <summary>Where a video is fetched from.</summary>
    public string? SourceUrl { get; init; }

    public string BlobKey { get; init; } = "";
    public long VideoSize { get; init; }
    public long ChunkSize { get; init; }
    public long ChunkCount { get; init; }

    /// <summary>Bytes that are on disk, from the first on without a gap.</summary>
    public long ReceivedBytes { get; init; }

    public string State { get; init; } = "";
    public string? FailReason { get; init; }
    public string? VideoId { get; init; }

    /// <summary>Of photos only.</summary>
    public string Title { get; init; } = "";

    public string Caption { get; init; } = "";

    /// <summary>Empty for a draft: its creator chooses.</summary>
    public string PrivacyLevel { get; init; } = "";

    public bool CommentDisabled { get; init; }
    public bool DuetDisabled { get; init; }
    public bool StitchDisabled { get; init; }
    public long CoverAtMs { get; init; }
    public long CoverIndex { get; init; }
    public bool BrandContent { get; init; }
    public bool BrandOrganic { get; init; }
    public bool IsAigc { get; init; }
    public string ContentType { get; init; } = "";
    public string? CoverKey { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The end of the upload, or of fetching.</summary>
    public DateTimeOffset UrlExpiresAt { get; init; }

    /// <summary>Since when a draft is in its creator's inbox.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>The claim that this row was handed out under.</summary>
    public long Fence { get; init; }

    internal ChunkPlan Plan => new(VideoSize, ChunkSize, ChunkCount);
}
