using Holdfast.People;
using Holdfast.Storage;

namespace Holdfast.Platform.Tokens;

/// <summary>New credentials end every token that was given out before them (attack case 61). What the person has agreed to stays: the apps ask for sign-in again.</summary>
internal sealed class EndTokensOfPerson : ICredentialListener
{
    // A code that waits for its exchange is spent too, or it would bring tokens back.
    private const string SpendCodes = """
        update authorization_code set redeemed_at = @now
        where redeemed_at is null and consent_id in (select id from consent where person_id = @personId)
        """;

    private const string EndFamilies = """
        update token_family set ended_at = @now, ended_cause = 'credentials_changed'
        where ended_at is null and consent_id in (select id from consent where person_id = @personId)
        """;

    public async Task ChangedAsync(Session session, string personId, DateTimeOffset now)
    {
        await session.RunAsync(SpendCodes, new { personId, now });
        await session.RunAsync(EndFamilies, new { personId, now });
    }
}
