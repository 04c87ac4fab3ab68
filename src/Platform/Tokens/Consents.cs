using Holdfast.Storage;

namespace Holdfast.Platform.Tokens;

/// <summary>What accounts have agreed to, and its end.</summary>
internal sealed class Consents(Database database, AuthorizationEvents events)
{
    /// <summary>The scopes an account's living consent to an app holds; none without one.</summary>
    public async Task<IReadOnlyList<string>> ScopesAsync(string appId, string personId, CancellationToken aborted) => ScopeList.Split(
        await database.ReadAsync(session => session.FirstAsync<string>("select scopes from consent where app_id = @appId and person_id = @personId and ended_at is null", new { appId, personId }), aborted) ?? "");

    /// <summary>Ends a consent and with this one statement every token below it; <c>false</c> when it had ended already.</summary>
    public async Task<bool> EndAsync(Session session, string consentId, EndReason reason, DateTimeOffset now)
    {
        if (await session.RunAsync("update consent set ended_at = @now, ended_reason = @reason where id = @consentId and ended_at is null", new { consentId, reason = (long)reason, now }) == 0)
            return false;
        await events.AddAsync(session, consentId, "removed", (long)reason, now);
        return true;
    }
}

/// <summary>Why an authorization ended, in TikTok's numbers (§6.3).</summary>
internal enum EndReason
{
    Person = 1,
    AccountDeleted = 2,
    Developer = 5,
}
