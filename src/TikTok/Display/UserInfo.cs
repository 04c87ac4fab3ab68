namespace Holdfast.TikTok.Display;

/// <summary>A profile (tiktok-v2 §4.1). A member is null when its field was not asked for or not told.</summary>
public sealed record UserInfo
{
    /// <summary>The account's id for this app.</summary>
    public string? OpenId { get; init; }

    /// <summary>The account's id for all apps of one developer.</summary>
    public string? UnionId { get; init; }

    /// <summary>Address of the avatar; it changes and expires.</summary>
    public string? AvatarUrl { get; init; }

    /// <summary>Address of the avatar, 100 by 100 pixels.</summary>
    public string? AvatarUrl100 { get; init; }

    /// <summary>Address of the larger avatar.</summary>
    public string? AvatarLargeUrl { get; init; }

    /// <summary>The shown name; not unique, may change.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The profile's own words.</summary>
    public string? BioDescription { get; init; }

    /// <summary>Link to the profile page.</summary>
    public string? ProfileDeepLink { get; init; }

    /// <summary>Whether TikTok verified the account.</summary>
    public bool? IsVerified { get; init; }

    /// <summary>The handle, without the at sign.</summary>
    public string? Username { get; init; }

    /// <summary>Accounts that follow this one.</summary>
    public long? FollowerCount { get; init; }

    /// <summary>Accounts this one follows.</summary>
    public long? FollowingCount { get; init; }

    /// <summary>Likes on all videos.</summary>
    public long? LikesCount { get; init; }

    /// <summary>Public videos.</summary>
    public long? VideoCount { get; init; }
}
