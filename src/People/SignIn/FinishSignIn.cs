using Holdfast.People.Activity;
using Holdfast.People.SecondFactor;
using Holdfast.People.Sessions;
using Holdfast.Storage;

namespace Holdfast.People.SignIn;

/// <summary>Where every way in ends: somebody has proven who they are, and what follows is the same for all of them.</summary>
public sealed class FinishSignIn(Database database, SessionCookie cookie, ActivityLog activity, SignInSteps steps, SignInPaths paths)
{
    /// <summary>Signs the person in, or asks for their second factor first: then no session begins, and one that this browser has stays as it is.</summary>
    /// <param name="next">Where they were going: a path of ours.</param>
    /// <returns>Where to send the browser now.</returns>
    public Task<string> RunAsync(HttpContext http, string personId, SignInMethod method, string next) => RunAsync(http, personId, method, null, next);

    /// <inheritdoc cref="RunAsync(HttpContext, string, SignInMethod, string)"/>
    /// <param name="proven">The password was right when it was looked at; by now it may be an old one.</param>
    public Task<string> RunAsync(HttpContext http, SignInResult.Right proven, string next) => RunAsync(http, proven.PersonId, SignInMethod.Password, proven.Hash, next);

    private async Task<string> RunAsync(HttpContext http, string personId, SignInMethod method, string? hash, string next)
    {
        var (begun, value) = await database.WriteAsync(session => BeginAsync(session, http, personId, method, hash, next), http.RequestAborted);
        switch (begun)
        {
            case Begun.Session:
                await steps.EndAsync(http);
                cookie.Keep(http, value);
                return next;
            case Begun.Step:
                steps.Keep(http, value);
                return paths.SecondFactor;
            default:
                return $"{paths.SignIn}?next={Uri.EscapeDataString(next)}";
        }
    }

    private async Task<(Begun, string)> BeginAsync(Session session, HttpContext http, string personId, SignInMethod method, string? hash, string next)
    {
        // Whoever changes what somebody signs in with locks this row first: what was proven by the old begins before, and is ended with it, or not at all.
        var held = await session.FirstAsync<string>($"select password_hash from person where id = @personId {session.ForUpdate}", new { personId });
        if (held is null || (hash is not null && hash != held))
            return (Begun.Nothing, "");
        // A passkey is both factors: something one has, and the finger or PIN that opens it (asked for by PasskeyRules).
        if (method is not SignInMethod.Passkey && (await Factors.OfAsync(session, personId)).Any)
            return (Begun.Step, await steps.BeginAsync(session, personId, method, next));
        await activity.AddAsync(session, http, personId, ActivityKind.SignedIn, method.ToString());
        return (Begun.Session, await cookie.BeginAsync(session, http, personId));
    }

    private enum Begun { Nothing, Step, Session }

    /// <summary>The sign-in that waits in this browser for its second factor.</summary>
    public Task<SignInStep?> WaitingAsync(HttpContext http) => steps.FindAsync(http);

    /// <summary>Takes the second factor's code and signs in.</summary>
    public async Task<SecondFactorResult> ContinueAsync(HttpContext http, string code)
    {
        var value = "";
        var answer = await steps.TryAsync(http, code, async (session, step) =>
        {
            await activity.AddAsync(session, http, step.PersonId, ActivityKind.SignedIn, step.Method.ToString());
            value = await cookie.BeginAsync(session, http, step.PersonId);
        });
        switch (answer)
        {
            case StepAnswer.Right(var step):
                await steps.EndAsync(http);
                cookie.Keep(http, value);
                return new SecondFactorResult.SignedIn(step.Next);
            case StepAnswer.Wait(var wait):
                return new SecondFactorResult.Wait(wait);
            case StepAnswer.Wrong:
                return new SecondFactorResult.Wrong();
            default:
                return new SecondFactorResult.Lapsed();
        }
    }
}

/// <summary>How somebody proved who they are.</summary>
public enum SignInMethod { Password, EmailCode, Passkey, External, SignUp, Demo }

/// <summary>What became of a second factor's code.</summary>
public abstract record SecondFactorResult
{
    private SecondFactorResult() { }

    /// <param name="Next">Where they were going: a path of ours.</param>
    public sealed record SignedIn(string Next) : SecondFactorResult;

    public sealed record Wrong : SecondFactorResult;

    /// <summary>Too many wrong codes lately; the same code is welcome after this long.</summary>
    public sealed record Wait(TimeSpan For) : SecondFactorResult;

    /// <summary>Nothing waits here any more: begin again.</summary>
    public sealed record Lapsed : SecondFactorResult;
}

/// <summary>Where this app asks for what.</summary>
public sealed record SignInPaths(string SignIn)
{
    public string SecondFactor => SignIn + "/code";
}
