using Holdfast.People;
using Holdfast.Storage;

namespace Holdfast.Platform.Settings;

/// <summary>A new password or second factor ends every token and unused code of the account (attack case 61). The consents stay: an app asks again and goes on.</summary>
internal sealed class EndAccess : ICredentialListener
{
    public async Task ChangedAsync(Session session, string personId, DateTimeOffset now)
    {
        await session.RunAsync("""
            update token_family set ended_at = @now, ended_cause = 'credentials_changed'
            where ended_at is null and consent_id in (select id from consent where person_id = @personId and ended_at is null)
            """, new { personId, now });
        await session.RunAsync("""
            update authorization_code set expires_at = @now
            where redeemed_at is null and expires_at > @now and consent_id in (select id from consent where person_id = @personId)
            """, new { personId, now });
        await session.RunAsync("delete from authorization_request where person_id = @personId and answered_at is null", new { personId });
    }
}
