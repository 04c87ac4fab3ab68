using Holdfast.People.Activity;
using Holdfast.People.Email;
using Holdfast.People.Letters;
using Holdfast.People.Sessions;
using Holdfast.People.SignIn;
using Holdfast.Shell.Language;
using Holdfast.Storage;

namespace Holdfast.People.Passwords;

/// <summary>A new password for somebody who has forgotten theirs, by the code or the link of a letter. It signs nobody in: a second factor is still asked for.</summary>
public sealed class ResetPassword(Database database, EmailCodes codes, CodeCookie cookie, PasswordHashes hashes, NewPassword passwords, TimeProvider clock)
{
    /// <param name="linkTo">The address of the page that takes a link's token.</param>
    /// <returns><c>false</c> when this address asks too often; it says nothing about the account.</returns>
    public async Task<bool> AskAsync(HttpContext http, string login, Func<string, string> linkTo, Texts texts)
    {
        var handle = await codes.AskAsync(http, CodePurpose.Reset,
            session => session.FirstAsync<Recipient>(EmailSignIn.Reachable, new { login = EmailRule.Normal(login) }),
            (to, code) => Words.Reset(texts, to.Address, code, linkTo(code.Link)));
        if (handle is not null)
            cookie.Keep(http, CodePurpose.Reset, handle);
        return handle is not null;
    }

    public Task<PasswordResult> ByCodeAsync(HttpContext http, string code, string wanted, Texts texts) =>
        RunAsync(http, session => codes.RedeemAsync(session, CodePurpose.Reset, cookie.Read(http, CodePurpose.Reset), code), wanted, texts);

    /// <summary>Opening the link changes nothing, since mail programs open links; sending the form does.</summary>
    public Task<PasswordResult> ByLinkAsync(HttpContext http, string link, string wanted, Texts texts) =>
        RunAsync(http, session => codes.RedeemLinkAsync(session, CodePurpose.Reset, link), wanted, texts);

    private async Task<PasswordResult> RunAsync(HttpContext http, Func<Session, Task<Recipient?>> redeem, string wanted, Texts texts)
    {
        if (SignUpRule.ProblemWithPassword(wanted) is { } problem)
            return new PasswordResult.Refused(problem);
        var hash = hashes.Hash(wanted);
        var changed = await database.WriteAsync(async session =>
        {
            // The address may have changed hands since the letter was written.
            var proof = await redeem(session);
            var personId = proof is null ? null : await session.FirstAsync<string>("select id from person where id = @PersonId and email = @Address and email_verified_at is not null", proof);
            if (personId is null)
                return false;
            await passwords.SetAsync(session, http, personId, hash, ActivityKind.PasswordReset, keep: null, texts);
            await new Throttle(database, clock).WelcomeAsync(session, personId, SessionCookie.Address(http));
            return true;
        }, http.RequestAborted);
        if (!changed)
            return new PasswordResult.NotProven();
        cookie.Drop(http, CodePurpose.Reset);
        return new PasswordResult.Changed();
    }
}
