using Holdfast.People;
using Holdfast.Storage;

namespace Holdfast.Platform.Settings;

/// <summary>A new password or second factor ends every token, unused code and confirmed QR code of the account (attack case 61). The consents stay: an app asks again and goes on.</summary>
internal sealed class EndAccess : ICredentialListener
{
    public async Task ChangedAsync(Session session, string personId, DateTimeOffset now)
    {
        // In the order in which an authorization comes about: what another node commits while we wait for its row is seen by the next statement.
        // No clock decides here: one that was read before ours may still be on its way.
        await session.RunAsync("update qr_request set expires_at = 0 where person_id = @personId and utilised_at is null", new { personId });
        await session.RunAsync("delete from authorization_request where person_id = @personId and answered_at is null", new { personId });
        await session.RunAsync("""
            update authorization_code set expires_at = 0
            where redeemed_at is null and consent_id in (select id from consent where person_id = @personId)
            """, new { personId });
        await session.RunAsync("""
            update token_family set ended_at = @now, ended_cause = 'credentials_changed'
            where ended_at is null and consent_id in (select id from consent where person_id = @personId and ended_at is null)
            """, new { personId, now });
    }
}
