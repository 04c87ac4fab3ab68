namespace Holdfast.Studio.Posts;

/// <summary>What a person decides about a post; checked before it gets here.</summary>
internal sealed record PostInput : PostContent
{
    public string? ConnectionId { get; init; }
    public string? MediaId { get; init; }

    /// <summary>IANA name.</summary>
    public string Zone { get; init; } = "";

    /// <summary>Null saves a draft without a time.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Goes out at <see cref="DueAt"/>; a draft only remembers it.</summary>
    public bool IsScheduled { get; init; }
}
