using Holdfast.People.Activity;
using Holdfast.People.Passwords;
using Holdfast.People.Sessions;
using Holdfast.People.SignIn;
using Holdfast.Storage;

namespace Holdfast.People.SecondFactor;

/// <summary>Asks a signed-in person to show again that it is they, before something weighty: a stolen session alone changes no key.</summary>
public sealed class Proof(Database database, CodeCheck codes, PasswordSignIn passwords, PeopleStore people, ActivityLog activity, TimeProvider clock)
{
    /// <summary>A sign-in this young is proof enough for adding a factor.</summary>
    private static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(10);

    /// <summary>Whether this session has just begun, with all its factors.</summary>
    public Task<bool> IsFreshAsync(HttpContext http) => database.ReadAsync(async session => await session.FirstAsync<long>(
        "select count(*) from session where digest = @digest and created_at > @since", new { digest = http.User.SessionDigest(), since = clock.GetUtcNow() - FreshFor }) == 1, http.RequestAborted);

    /// <summary>Takes the password; where the account has none, a sign-in that has just happened stands in for it.</summary>
    public async Task<ProofAnswer> PasswordAsync(HttpContext http, string typed)
    {
        var personId = http.User.Id();
        if (!await HasPasswordAsync(personId, http.RequestAborted))
            return await IsFreshAsync(http) ? new ProofAnswer.Right() : new ProofAnswer.SignInAgain();
        return Answer(await passwords.ConfirmAsync(personId, typed, http));
    }

    /// <summary>Whether there is a password to ask for: who came by a provider may have none.</summary>
    public Task<bool> HasPasswordAsync(string personId, CancellationToken aborted = default) => database.ReadAsync(async session => await session.FirstAsync<long>(
        "select count(*) from person where id = @personId and password_hash not in ('', @none)", new { personId, none = PasswordHashes.None }) == 1, aborted);

    /// <summary>Takes a password, a code of the authenticator app, or a recovery code.</summary>
    public async Task<ProofAnswer> CheckAsync(HttpContext http, string personId, string typed)
    {
        if (Totp.Read(typed) is not null || RecoveryCode.Read(typed) is not null)
        {
            var answer = await database.WriteAsync(async session =>
            {
                var tried = await codes.TryAsync(session, personId, typed, clock.GetUtcNow());
                if (tried is CodeAnswer.Right { IsRecovery: true })
                    await activity.AddAsync(session, http, personId, ActivityKind.RecoveryCodeUsed);
                return tried;
            }, http.RequestAborted);
            switch (answer)
            {
                case CodeAnswer.Right:
                    return new ProofAnswer.Right();
                case CodeAnswer.Wait(var wait):
                    return new ProofAnswer.Wait(wait);
                default:
                    break; // a password may look like a recovery code
            }
        }
        if (await people.FindAsync(personId, http.RequestAborted) is not { } person)
            return new ProofAnswer.Wrong();
        return Answer(await passwords.ConfirmAsync(person.Id, typed, http));
    }

    /// <summary>For ways in that come and go: a sign-in that has just happened is enough, and so is what <see cref="CheckAsync"/> takes.</summary>
    public async Task<ProofAnswer> FreshOrCheckAsync(HttpContext http, string typed)
    {
        if (await IsFreshAsync(http))
            return new ProofAnswer.Right();
        var answer = await CheckAsync(http, http.User.Id(), typed);
        return answer is ProofAnswer.Wrong && !await CanTypeAsync(http) ? new ProofAnswer.SignInAgain() : answer;
    }

    /// <summary>Whether there is anything to type: a password, or an authenticator app's code.</summary>
    public async Task<bool> CanTypeAsync(HttpContext http) => await HasPasswordAsync(http.User.Id(), http.RequestAborted)
        || (await database.ReadAsync(session => Factors.OfAsync(session, http.User.Id()), http.RequestAborted)).HasTotp;

    private static ProofAnswer Answer(SignInResult result) => result switch
    {
        SignInResult.Right => new ProofAnswer.Right(),
        SignInResult.Wait(var wait) => new ProofAnswer.Wait(wait),
        _ => new ProofAnswer.Wrong(),
    };
}

public abstract record ProofAnswer
{
    private ProofAnswer() { }

    public sealed record Right : ProofAnswer;

    public sealed record Wrong : ProofAnswer;

    /// <summary>Too many wrong ones lately.</summary>
    public sealed record Wait(TimeSpan For) : ProofAnswer;

    /// <summary>There is no password, and the sign-in is not young enough to stand in for it.</summary>
    public sealed record SignInAgain : ProofAnswer;
}
