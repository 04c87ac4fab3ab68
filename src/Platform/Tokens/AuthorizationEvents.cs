using Holdfast.Platform.Api;
using Holdfast.Storage;

namespace Holdfast.Platform.Tokens;

/// <summary>Writes down what happened to a consent, in the transaction in which it happened.</summary>
internal sealed class AuthorizationEvents(Ulids ulids, LogIds logIds)
{
    /// <param name="reason">TikTok's number for <c>authorization.removed</c> (§6.3): 1 by the person, 5 by the developer.</param>
    public Task AddAsync(Session session, string consentId, string kind, long? reason, DateTimeOffset now) => session.RunAsync("""
        insert into authorization_event (id, app_id, person_id, open_id, kind, reason, scopes, log_id, at)
        select @id, app_id, person_id, open_id, @kind, cast(@reason as bigint), scopes, @logId, @now from consent where id = @consentId
        """, new { id = ulids.Next(), consentId, kind, reason, logId = logIds.Next(), now });
}
