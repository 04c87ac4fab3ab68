namespace Holdfast.Platform.Profiles;

/// <summary>An account as the world sees it.</summary>
public sealed record Creator
{
    public string Id { get; init; } = "";
    public string UserName { get; init; } = "";
    public string DisplayName { get; init; } = "";
    public string Bio { get; init; } = "";
    public string? AvatarKey { get; init; }
    public bool IsVerified { get; init; }
    public bool IsPrivate { get; init; }
    public long FollowerCount { get; init; }
    public long FollowingCount { get; init; }

    /// <summary>Those of the followers who are no rows: figures of the demo.</summary>
    public long CountedFollowers { get; init; }

    /// <summary>As <see cref="CountedFollowers"/>, of those the account follows.</summary>
    public long CountedFollowing { get; init; }

    public long LikesCount { get; init; }

    /// <summary>Videos that everybody may see.</summary>
    public long VideoCount { get; init; }
}
