namespace Holdfast.TikTok.OAuth;

/// <summary>A token pair for one account, as returned by an exchange or a renewal (tiktok-v2 §2.2). Save it before doing anything else: the previous refresh token is already dead.</summary>
/// <param name="AccessToken">For calls on the account's behalf.</param>
/// <param name="AccessLifetime">Its remaining life as returned (<c>expires_in</c>, whole seconds), more than zero, at most 10 years.</param>
/// <param name="RefreshToken">The newest refresh token; null when the answer held none, then the one sent stays in use.</param>
/// <param name="RefreshLifetime">Its remaining life as returned (<c>refresh_expires_in</c>), zero to 10 years; null when not told.</param>
/// <param name="OpenId">The account, unique per app. Compare it with the expected one after every renewal and reconnect.</param>
/// <param name="Scopes">What the account granted. Compare with what was asked: it may be less.</param>
public sealed record TokenGrant(
    AccessToken AccessToken, TimeSpan AccessLifetime, RefreshToken? RefreshToken, TimeSpan? RefreshLifetime, string OpenId, IReadOnlyList<string> Scopes)
{
    /// <summary>The server's clock when it answered (<c>Date</c> header), to notice a wrong clock here; null when not told.</summary>
    public DateTimeOffset? ServerTime { get; init; }

    /// <summary>TikTok's id of the call, when told.</summary>
    public string? LogId { get; init; }
}
