namespace Holdfast.Platform.Audience;

/// <summary>One entry of a follower or following list.</summary>
public sealed record ListedPerson
{
    public string UserName { get; init; } = "";
    public string DisplayName { get; init; } = "";
    public bool IsVerified { get; init; }

    /// <summary>Since when; the list's order and cursor.</summary>
    public DateTimeOffset FollowedAt { get; init; }
}
