using Holdfast.Storage;

namespace Holdfast.People.SecondFactor;

/// <summary>A sign-in that has shown the old password, or was asked for the old passkey, is not finished with them.</summary>
internal sealed class EndSignInsUnderWay : ICredentialListener
{
    public async Task ChangedAsync(Session session, string personId, DateTimeOffset now)
    {
        await session.RunAsync("delete from sign_in_step where person_id = @personId", new { personId });
        await session.RunAsync("delete from passkey_challenge where person_id = @personId", new { personId });
        // Used up and not deleted: letters an hour are counted by these rows.
        await session.RunAsync("update email_code set used_at = @now where person_id = @personId and used_at is null and purpose in ('SignIn', 'Reset')", new { personId, now });
    }
}
