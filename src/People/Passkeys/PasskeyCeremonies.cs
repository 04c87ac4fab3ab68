using Holdfast.People.Email;
using Holdfast.Shell.Language;
using Holdfast.Shell.Sealing;
using Holdfast.Storage;
using Microsoft.AspNetCore.Identity;

namespace Holdfast.People.Passkeys;

/// <summary>Registering a passkey and signing in with one (WebAuthn §7). ASP.NET Core Identity's handler makes the questions and checks the answers.</summary>
public sealed class PasskeyCeremonies(IPasskeyHandler<PasskeyUser> handler, PasskeyTable passkeys, PasskeyChallenges challenges, MasterKeys keys, Database database, TimeProvider clock)
{
    private const int LongestAnswer = 32 * 1024;
    private const int LongestName = 60;

    /// <summary>What to ask the browser of whoever typed this user name or e-mail; the same kind of answer whether or not there is such an account.</summary>
    /// <param name="next">Where the sign-in goes: a path of ours.</param>
    public async Task<string> BeginSignInAsync(HttpContext http, string login, string next)
    {
        var account = EmailRule.Normal(login);
        var person = await database.ReadAsync(session => session.FirstAsync<Person>("select id, user_name from person where user_name = @account or email = @account", new { account }), http.RequestAborted);
        return await AskAsync(http, person, account, next);
    }

    /// <summary>The same for somebody whose first factor is known.</summary>
    public Task<string> BeginSecondFactorAsync(HttpContext http, Person person, string next) => AskAsync(http, person, person.UserName, next);

    /// <summary>Who has signed in; <c>null</c> when the answer proves nothing, came too late or came twice.</summary>
    public async Task<PasskeySignIn?> FinishSignInAsync(HttpContext http, string answer)
    {
        if (answer.Length > LongestAnswer || await challenges.TakeAsync(http, PasskeyPurpose.SignIn) is not { } challenge)
            return null;
        var result = await handler.PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = http, CredentialJson = answer, AssertionState = challenge.State });
        return result.Succeeded && result.User.Id == challenge.PersonId && await passkeys.UsedAsync(result.User.Id, result.Passkey, clock.GetUtcNow(), http.RequestAborted)
            ? new PasskeySignIn(result.User.Id, challenge.Detail)
            : null;
    }

    /// <summary>What to ask the browser to make a passkey.</summary>
    public async Task<string> BeginRegistrationAsync(HttpContext http, Person person, string name)
    {
        var made = await handler.MakeCreationOptionsAsync(new PasskeyUserEntity { Id = person.Id, Name = person.UserName, DisplayName = person.DisplayName }, http);
        await challenges.BeginAsync(http, PasskeyPurpose.Register, person.Id, made.AttestationState!, name.CutTo(LongestName)); // the handler always makes a state
        return made.CreationOptionsJson;
    }

    /// <summary>The passkey that was made, not kept yet.</summary>
    public async Task<NewPasskey?> FinishRegistrationAsync(HttpContext http, string personId, string answer)
    {
        // Begun in this person's session, or it is somebody else's.
        if (answer.Length > LongestAnswer || await challenges.TakeAsync(http, PasskeyPurpose.Register) is not { } challenge || challenge.PersonId != personId)
            return null;
        var result = await handler.PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = http, CredentialJson = answer, AttestationState = challenge.State });
        return result.Succeeded ? new NewPasskey(challenge.Detail, result.Passkey) : null;
    }

    // The page of somebody without passkeys, or of nobody, asks for passkeys too: which ones is all it tells.
    private async Task<string> AskAsync(HttpContext http, Person? person, string account, string next)
    {
        var real = await passkeys.OfAsync(person?.Id ?? "", http.RequestAborted);
        var user = real.Count > 0 ? new PasskeyUser(person!.Id, person.UserName) : new PasskeyUser("", account); // only a person has passkeys
        var made = await handler.MakeRequestOptionsAsync(user with { Decoys = real.Count > 0 ? real : PasskeyDecoys.Of(account, keys.Newest) }, http);
        await challenges.BeginAsync(http, PasskeyPurpose.SignIn, real.Count > 0 ? person!.Id : null, made.AssertionState!, next); // the handler always makes a state
        return made.RequestOptionsJson;
    }
}

/// <summary>A sign-in by passkey, and where it was going.</summary>
public sealed record PasskeySignIn(string PersonId, string Next);
