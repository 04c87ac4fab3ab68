using System.Collections.Frozen;
using Holdfast.Storage;

namespace Holdfast.Platform.Tokens;

/// <summary>Says what an access token opens. A token is read through its family, its consent and its app, so ending any of them ends it at once.</summary>
internal sealed class AccessTokens(Database database, TimeProvider clock)
{
    private const string Find = """
        select consent.person_id, consent.app_id, app.client_key, consent.open_id, token_family.scopes as family_scopes, consent.scopes as consent_scopes, consent.id as consent_id, consent.last_used_at
        from token_pair
        join token_family on token_family.id = token_pair.family_id and token_family.ended_at is null
        join consent on consent.id = token_family.consent_id and consent.ended_at is null
        join app on app.id = consent.app_id and app.disabled_at is null
        where token_pair.access_digest = @digest and token_pair.access_expires_at > @now and token_pair.ended_at is null
        """;

    private const string Bearer = "Bearer ";
    private const int LongestToken = 512;

    /// <summary>Reads <c>Authorization: Bearer …</c>, the only place a token is taken from; <c>null</c> when it is missing, unknown, expired or ended.</summary>
    public Task<AccessGrant?> VerifyAsync(HttpRequest request, CancellationToken aborted = default) =>
        request.Headers.Authorization is [{ } header] && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? VerifyAsync(header[Bearer.Length..].Trim(), aborted)
            : Task.FromResult<AccessGrant?>(null);

    /// <inheritdoc cref="VerifyAsync(HttpRequest, CancellationToken)"/>
    public async Task<AccessGrant?> VerifyAsync(string token, CancellationToken aborted = default)
    {
        if (token.Length is 0 or > LongestToken)
            return null;
        var found = await database.ReadAsync(session => session.FirstAsync<Row>(Find, new { digest = TokenText.Digest(token), now = clock.GetUtcNow() }), aborted);
        return found is null ? null : new(
            found.PersonId, found.AppId, found.ClientKey, found.OpenId,
            ScopeList.Split(ScopeList.StillGranted(found.FamilyScopes, found.ConsentScopes)).ToFrozenSet(StringComparer.Ordinal), found.ConsentId, found.LastUsedAt);
    }

    private sealed record Row
    {
        public string PersonId { get; init; } = "";
        public string AppId { get; init; } = "";
        public string ClientKey { get; init; } = "";
        public string OpenId { get; init; } = "";
        public string FamilyScopes { get; init; } = "";
        public string ConsentScopes { get; init; } = "";
        public string ConsentId { get; init; } = "";
        public DateTimeOffset? LastUsedAt { get; init; }
    }
}
