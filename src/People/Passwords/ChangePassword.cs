using Holdfast.People.Activity;
using Holdfast.People.SecondFactor;
using Holdfast.People.Sessions;
using Holdfast.Shell.Language;
using Holdfast.Storage;

namespace Holdfast.People.Passwords;

/// <summary>A signed-in person changes the password, or sets the first one: the old one is asked for, or a young sign-in, and every other browser is signed out.</summary>
public sealed class ChangePassword(Database database, Proof proof, PasswordHashes hashes, NewPassword passwords, TimeProvider clock)
{
    public async Task<PasswordResult> RunAsync(HttpContext http, string old, string wanted, Texts texts)
    {
        var personId = http.User.Id();
        if (SignUpRule.ProblemWithPassword(wanted) is { } problem)
            return new PasswordResult.Refused(problem);
        switch (await proof.PasswordAsync(http, old))
        {
            case ProofAnswer.Wait(var wait):
                return new PasswordResult.Wait(wait);
            case ProofAnswer.Wrong:
                return new PasswordResult.NotProven();
            case ProofAnswer.SignInAgain:
                return new PasswordResult.SignInAgain();
        }
        var hash = hashes.Hash(wanted);
        return await database.WriteAsync<PasswordResult>(async session =>
        {
            // Another change may have been faster, and the old password that was shown no longer one.
            if (!await SessionStore.StillLivesAsync(session, personId, http.User.SessionDigest(), clock.GetUtcNow()))
                return new PasswordResult.SignInAgain();
            await passwords.SetAsync(session, http, personId, hash, ActivityKind.PasswordChanged, http.User.SessionDigest(), texts);
            return new PasswordResult.Changed();
        }, http.RequestAborted);
    }
}

/// <summary>What became of a new password.</summary>
public abstract record PasswordResult
{
    private PasswordResult() { }

    public sealed record Changed : PasswordResult;

    /// <summary>The old password is wrong, or the code does not fit.</summary>
    public sealed record NotProven : PasswordResult;

    public sealed record Wait(TimeSpan For) : PasswordResult;

    /// <summary>There is no old one, and the sign-in is not young enough to stand in for it; or the session has ended meanwhile.</summary>
    public sealed record SignInAgain : PasswordResult;

    /// <summary>The new one cannot be a password; nothing was used up.</summary>
    public sealed record Refused(SignUpProblem Problem) : PasswordResult;
}
