using Holdfast.Platform.Webhooks;
using Holdfast.Storage;

namespace Holdfast.Platform.Tokens;

/// <summary>The end of what an account has agreed to.</summary>
internal sealed class Consents(AuthorizationEvents events, WebhookQueue webhooks)
{
    /// <summary>Ends a consent and with it every token below it, and tells the app; <c>false</c> when it had ended already.</summary>
    public async Task<bool> EndAsync(Session session, string consentId, EndReason reason, DateTimeOffset now)
    {
        // A QR code that was confirmed before would bring the consent back to life.
        await session.RunAsync("""
            update qr_request set expires_at = 0
            where utilised_at is null and granted is not null
              and exists (select 1 from consent where consent.id = @consentId and consent.ended_at is null and consent.app_id = qr_request.app_id and consent.person_id = qr_request.person_id)
            """, new { consentId });
        var ended = await session.FirstAsync<Ended>(
            "update consent set ended_at = @now, ended_reason = @reason where id = @consentId and ended_at is null returning app_id, open_id", new { consentId, reason = (long)reason, now });
        if (ended is null)
            return false;
        await events.AddAsync(session, consentId, "removed", (long)reason, now);
        await webhooks.AddAsync(session, new WebhookEvent(ended.AppId, ended.OpenId, "authorization.removed", new { reason = (int)reason }));
        return true;
    }

    private sealed record Ended
    {
        public string AppId { get; init; } = "";
        public string OpenId { get; init; } = "";
    }
}

/// <summary>Why an authorization ended, in TikTok's numbers (§6.3).</summary>
internal enum EndReason
{
    Unknown = 0,
    Person = 1,
    AccountDeleted = 2,
    AgeChanged = 3,
    Banned = 4,
    Developer = 5,
}
