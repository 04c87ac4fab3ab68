using Holdfast.Domain.Connections;

namespace Holdfast.Studio.Accounts;

/// <summary>A connection as stored, without its tokens.</summary>
public sealed record ConnectionRow
{
    public string Id { get; init; } = "";
    public string WorkspaceId { get; init; } = "";
    public string OpenId { get; init; } = "";
    public string State { get; init; } = "";
    public string? StateReason { get; init; }
    public DateTimeOffset StateSince { get; init; }
    public string? StateLogId { get; init; }
    public string DisplayName { get; init; } = "";
    public string? Username { get; init; }
    public bool IsVerified { get; init; }
    public string? ProfileLink { get; init; }
    public string? AvatarKey { get; init; }
    public string? AvatarSource { get; init; }
    public long? FollowerCount { get; init; }
    public long? FollowingCount { get; init; }
    public long? LikesCount { get; init; }
    public long? VideoCount { get; init; }
    public DateTimeOffset? ProfileAt { get; init; }
    public string Scopes { get; init; } = "";
    public DateTimeOffset GrantedAt { get; init; }
    public DateTimeOffset AccessEndsAt { get; init; }
    public DateTimeOffset? RefreshEndsAt { get; init; }
    public DateTimeOffset? RenewAt { get; init; }
    public DateTimeOffset LeaseUntil { get; init; }
    public long Fence { get; init; }
    public long Failures { get; init; }
    public DateTimeOffset? AskedAt { get; init; }
    public DateTimeOffset? UnansweredAt { get; init; }
    public DateTimeOffset? ForcedAt { get; init; }
    public DateTimeOffset? ForcedBeforeAt { get; init; }
    public string? RemovalTold { get; init; }
    public DateTimeOffset? RenewedAt { get; init; }
    public DateTimeOffset? CheckAt { get; init; }
    public long CheckFailures { get; init; }
    public string ConnectedBy { get; init; } = "";
    public DateTimeOffset ConnectedAt { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    internal const string Columns = """
        id, workspace_id, open_id, state, state_reason, state_since, state_log_id, display_name, username, is_verified, profile_link, avatar_key, avatar_source,
        follower_count, following_count, likes_count, video_count, profile_at, scopes, granted_at, access_ends_at, refresh_ends_at, renew_at, lease_until, fence,
        failures, asked_at, unanswered_at, forced_at, forced_before_at, removal_told, renewed_at, check_at, check_failures, connected_by, connected_at, created_at
        """;

    /// <summary>What people call the account.</summary>
    public string Name => DisplayName.Length > 0 ? DisplayName : Username is { Length: > 0 } ? $"@{Username}" : OpenId;

    /// <summary>The account's picture on our own origin.</summary>
    public string? AvatarUrl => AvatarKey is null ? null : $"/accounts/{Id}/avatar?v={AvatarKey[(AvatarKey.LastIndexOf('-') + 1)..]}";

    /// <summary>The same facts for the rules.</summary>
    public Connection ToDomain() => new(
        new Account(OpenId, Name),
        ConnectionState.Read(State, StateReason),
        ScopeSet.Parse(Scopes),
        new TokenLife(GrantedAt, AccessEndsAt, RefreshEndsAt),
        ConnectedAt,
        RenewAt,
        new RenewalTrail((int)Failures, AskedAt, UnansweredAt, ForcedAt, ForcedBeforeAt, RemovalTold is null ? null : Enum.Parse<RemovalCause>(RemovalTold)));
}
