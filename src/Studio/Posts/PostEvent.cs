using Holdfast.Domain.Posts;

namespace Holdfast.Studio.Posts;

/// <summary>A line of a post's own history.</summary>
public sealed record PostEvent
{
    public DateTimeOffset At { get; init; }
    public PostState State { get; init; }

    /// <summary>The key of its sentence: <c>posts.event.</c> and this.</summary>
    public string Cause { get; init; } = "";

    /// <summary>TikTok's word.</summary>
    public string? Code { get; init; }
    public string? LogId { get; init; }

    /// <summary>The member who did it; null for Holdfast itself.</summary>
    public string? ByPerson { get; init; }
}
