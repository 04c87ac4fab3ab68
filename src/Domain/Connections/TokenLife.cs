namespace Holdfast.Domain.Connections;

/// <summary>When the token pair began and when its two halves end.</summary>
/// <param name="RefreshEndsAt">Null while TikTok has never named an end.</param>
public sealed record TokenLife(DateTimeOffset GrantedAt, DateTimeOffset AccessEndsAt, DateTimeOffset? RefreshEndsAt)
{
    /// <summary>No token is taken to live shorter, so an absurd answer cannot make us renew in a circle.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);

    public TimeSpan Lifetime => AccessEndsAt - GrantedAt;

    /// <summary>Counted from the instant of asking: the answer may have been slow.</summary>
    public static TokenLife From(DateTimeOffset askedAt, TimeSpan access, TimeSpan? refresh, DateTimeOffset? knownRefreshEnd = null) => new(
        askedAt,
        askedAt + (access < Shortest ? Shortest : access),
        refresh > TimeSpan.Zero ? askedAt + refresh : knownRefreshEnd);
}
