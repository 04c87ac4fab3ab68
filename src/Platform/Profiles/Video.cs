namespace Holdfast.Platform.Profiles;

/// <summary>A published post: a video, or photos.</summary>
public sealed record Video
{
    public string Id { get; init; } = "";
    public string CreatorId { get; init; } = "";
    public string BlobKey { get; init; } = "";
    public string ContentType { get; init; } = "";
    public string? CoverKey { get; init; }

    /// <summary>One of <see cref="Posting.PostKind"/>.</summary>
    public string Kind { get; init; } = Posting.PostKind.Video;

    /// <summary>Of photos only.</summary>
    public string Title { get; init; } = "";

    public string Caption { get; init; } = "";
    public string PrivacyLevel { get; init; } = "";
    public bool CommentDisabled { get; init; }
    public bool BrandContent { get; init; }
    public bool BrandOrganic { get; init; }
    public bool IsAigc { get; init; }
    public long DurationMs { get; init; }
    public long Width { get; init; }
    public long Height { get; init; }
    public long ViewCount { get; init; }
    public long LikeCount { get; init; }
    public long CommentCount { get; init; }
    public long ShareCount { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when on others see it; <c>null</c> for a video that is not public.</summary>
    public DateTimeOffset? PublicAt { get; init; }

    public bool IsPhotos => Kind == Posting.PostKind.Photos;

    /// <summary>What it is called where there is room for a line: title and caption of photos, the caption of a video.</summary>
    public string Words => Title.Length == 0 ? Caption : Caption.Length == 0 ? Title : $"{Title} · {Caption}";

    /// <summary>Whether somebody may see it. What is meant for followers or friends still shows to its owner alone.</summary>
    /// <param name="viewer">The signed-in person; <c>null</c> for a stranger.</param>
    public bool IsVisibleTo(string? viewer, Creator creator, DateTimeOffset now) =>
        viewer == CreatorId || (PrivacyLevel == Posting.PrivacyLevel.Everyone && !creator.IsPrivate && PublicAt <= now);
}
