using Holdfast.Platform.Tokens;
using Holdfast.Storage;

namespace Holdfast.Platform.Authorize;

/// <summary>What a person last answered an app.</summary>
public sealed record PastConsent
{
    public string Id { get; init; } = "";
    public string Scopes { get; init; } = "";

    /// <summary>Scopes the app asked for and the person left unticked; remembered when access was taken away as well.</summary>
    public string DeclinedScopes { get; init; } = "";

    public DateTimeOffset GrantedAt { get; init; }

    /// <summary><c>null</c> while the consent lives.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    public long? EndedReason { get; init; }

    internal bool IsLiving => EndedAt is null;

    /// <summary>The person took the access away.</summary>
    internal bool IsTakenBack => EndedReason == (long)EndReason.Person;

    /// <summary>The living consent, else the last one that ended; <c>null</c> when the app was never answered.</summary>
    internal static Task<PastConsent?> FindAsync(Session session, string appId, string personId) => session.FirstAsync<PastConsent>("""
        select id, scopes, declined_scopes, granted_at, ended_at, ended_reason from consent
        where app_id = @appId and person_id = @personId order by case when ended_at is null then 0 else 1 end, ended_at desc limit 1
        """, new { appId, personId });
}
