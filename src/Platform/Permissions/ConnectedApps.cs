using Holdfast.People.Activity;
using Holdfast.Platform.Developers;
using Holdfast.Platform.Tokens;
using Holdfast.Storage;

namespace Holdfast.Platform.Permissions;

/// <summary>The apps that may use a person's account. Every query names the person.</summary>
internal sealed class ConnectedApps(Database database, Consents consents, ActivityLog activity, TimeProvider clock)
{
    public Task<IReadOnlyList<ConnectedApp>> ListAsync(string personId, CancellationToken aborted) => database.ReadAsync(session => session.ListAsync<ConnectedApp>("""
        select consent.id, consent.app_id, app.name, app.icon_key, consent.scopes, consent.granted_at, consent.last_used_at as called_at,
          (select max(token_pair.created_at) from token_family join token_pair on token_pair.family_id = token_family.id where token_family.consent_id = consent.id) as renewed_at
        from consent join app on app.id = consent.app_id
        where consent.person_id = @personId and consent.ended_at is null
        order by consent.granted_at desc, consent.id
        """, new { personId }), aborted);

    /// <summary>Takes the app's access away: all of its tokens for this account end with this call. <c>false</c> when the consent is not this person's; a second time changes nothing.</summary>
    public Task<bool> RemoveAsync(HttpContext http, string personId, string consentId) => database.WriteAsync(async session =>
    {
        if (await session.FirstAsync<string>("select app.name from consent join app on app.id = consent.app_id where consent.id = @consentId and consent.person_id = @personId", new { consentId, personId }) is not { } app)
            return false;
        if (await consents.EndAsync(session, consentId, EndReason.Person, clock.GetUtcNow()))
            await activity.AddAsync(session, http, personId, ActivityKind.AppRemoved, app);
        return true;
    }, http.RequestAborted);
}

/// <summary>An app's living access to one account.</summary>
public sealed record ConnectedApp
{
    public string Id { get; init; } = "";
    public string Name { get; init; } = "";
    public string Scopes { get; init; } = "";
    public DateTimeOffset GrantedAt { get; init; }

    public string AppId { get; init; } = "";
    public string? IconKey { get; init; }

    /// <summary>The last call with a token, to the minute.</summary>
    public DateTimeOffset? CalledAt { get; init; }

    /// <summary>When the app last took tokens.</summary>
    public DateTimeOffset? RenewedAt { get; init; }

    /// <summary>The later of the two; <c>null</c> when the app never came.</summary>
    public DateTimeOffset? LastUsedAt => CalledAt is null || RenewedAt > CalledAt ? RenewedAt : CalledAt;

    public string? IconUrl => AppIcons.UrlOf(AppId, IconKey);
}
