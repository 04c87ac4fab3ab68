using Holdfast.People.Activity;
using Holdfast.People.Letters;
using Holdfast.People.Sessions;
using Holdfast.People.SignIn;
using Holdfast.Shell.Language;
using Holdfast.Storage;

namespace Holdfast.People.Email;

/// <summary>Signing in by a code in a letter: only to an address that was proven before.</summary>
public sealed class EmailSignIn(Database database, EmailCodes codes, CodeCookie cookie, ActivityLog activity, TimeProvider clock)
{
    /// <summary>The account behind a user name or address, where a letter reaches it.</summary>
    internal const string Reachable = "select id as person_id, email as address from person where (user_name = @login or email = @login) and email_verified_at is not null";

    /// <returns><c>false</c> when this address asks too often; it says nothing about the account.</returns>
    public async Task<bool> AskAsync(HttpContext http, string login, Texts texts)
    {
        var handle = await codes.AskAsync(http, CodePurpose.SignIn,
            session => session.FirstAsync<Recipient>(Reachable, new { login = EmailRule.Normal(login) }), (to, code) => Words.SignIn(texts, to.Address, code));
        if (handle is not null)
            cookie.Keep(http, CodePurpose.SignIn, handle);
        return handle is not null;
    }

    /// <summary>Whom the code signs in; <c>null</c> when it does not fit.</summary>
    public async Task<string?> EnterAsync(HttpContext http, string code)
    {
        var person = await database.WriteAsync(async session =>
        {
            var handle = cookie.Read(http, CodePurpose.SignIn);
            if (await codes.RedeemAsync(session, CodePurpose.SignIn, handle, code) is not { } found)
            {
                await activity.MissedAsync(session, http, await EmailCodes.AskedForAsync(session, CodePurpose.SignIn, handle), "EmailCode");
                return null;
            }
            // The address may have changed hands since the letter was written.
            var id = await session.FirstAsync<string>("select id from person where id = @PersonId and email = @Address and email_verified_at is not null", found);
            if (id is not null)
                await new Throttle(database, clock).WelcomeAsync(session, id, SessionCookie.Address(http));
            return id;
        }, http.RequestAborted);
        if (person is not null)
            cookie.Drop(http, CodePurpose.SignIn);
        return person;
    }
}
