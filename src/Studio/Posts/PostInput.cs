namespace Holdfast.Studio.Posts;

/// <summary>What a person decides about a post; checked before it gets here.</summary>
internal sealed record PostInput
{
    public string? ConnectionId { get; init; }
    public string? MediaId { get; init; }
    public string Caption { get; init; } = "";

    /// <summary>TikTok's word for the audience; empty while a draft has none.</summary>
    public string Privacy { get; init; } = "";
    public bool AllowComment { get; init; }
    public bool AllowDuet { get; init; }
    public bool AllowStitch { get; init; }
    public bool IsCommercial { get; init; }
    public bool IsOwnBrand { get; init; }
    public bool IsBrandedContent { get; init; }

    /// <summary>IANA name.</summary>
    public string Zone { get; init; } = "";

    /// <summary>Null saves a draft without a time.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Goes out at <see cref="DueAt"/>; a draft only remembers it.</summary>
    public bool IsScheduled { get; init; }
}
