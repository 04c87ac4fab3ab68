using Holdfast.People.Passwords;
using Holdfast.Storage;

namespace Holdfast.People.SignIn;

/// <summary>Whether somebody could still sign in without the link or the passkey that is about to go. The parameters of <see cref="AreLeft"/>.</summary>
/// <param name="Provider">The link that goes, or empty.</param>
/// <param name="Passkey">The passkey that goes, or empty.</param>
internal sealed record WaysIn(string PersonId, string Provider = "", string Subject = "", string Passkey = "")
{
    /// <summary>Stands in the <c>where</c> of the statement that takes one away. Codes in letters do not count: not every installation sends letters.</summary>
    public const string AreLeft = """
        (exists (select 1 from person where id = @PersonId and password_hash not in ('', @NoPassword))
        or exists (select 1 from external_login as other where other.person_id = @PersonId and not (other.provider = @Provider and other.subject = @Subject))
        or exists (select 1 from passkey as other where other.person_id = @PersonId and other.id <> @Passkey))
        """;

    public string NoPassword { get; } = PasswordHashes.None;

    /// <summary>One at a time for a person: two removals that each count on the other would leave no way in.</summary>
    public static Task LockAsync(Session session, string personId) => session.FirstAsync<string>($"select id from person where id = @personId {session.ForUpdate}", new { personId });
}
