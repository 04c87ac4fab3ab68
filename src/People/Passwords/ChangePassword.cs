using Holdfast.People.Activity;
using Holdfast.People.Sessions;
using Holdfast.People.SignIn;
using Holdfast.Shell.Language;
using Holdfast.Storage;

namespace Holdfast.People.Passwords;

/// <summary>A signed-in person changes the password: the old one is asked for, and every other browser is signed out.</summary>
public sealed class ChangePassword(Database database, PasswordSignIn signIn, PasswordHashes hashes, NewPassword passwords)
{
    public async Task<PasswordResult> RunAsync(HttpContext http, string old, string wanted, Texts texts)
    {
        var personId = http.User.Id();
        if (SignUpRule.ProblemWithPassword(wanted) is { } problem)
            return new PasswordResult.Refused(problem);
        switch (await signIn.ConfirmAsync(personId, old, SessionCookie.Address(http), http.RequestAborted))
        {
            case SignInResult.Wait(var wait):
                return new PasswordResult.Wait(wait);
            case SignInResult.Wrong:
                return new PasswordResult.NotProven();
        }
        var hash = hashes.Hash(wanted);
        await database.WriteAsync(session => passwords.SetAsync(session, http, personId, hash, ActivityKind.PasswordChanged, http.User.SessionDigest(), texts), http.RequestAborted);
        return new PasswordResult.Changed();
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

    /// <summary>The new one cannot be a password; nothing was used up.</summary>
    public sealed record Refused(SignUpProblem Problem) : PasswordResult;
}
