using Holdfast.People.Activity;
using Holdfast.People.SecondFactor;
using Holdfast.People.Sessions;

namespace Holdfast.People.SignIn;

/// <summary>Where every way in ends: somebody has proven who they are, and what follows is the same for all of them.</summary>
public sealed class FinishSignIn(SessionCookie cookie, ActivityLog activity, Factors factors, SignInSteps steps, SignInPaths paths)
{
    /// <summary>Signs the person in, or asks for their second factor first: then no session begins, and one that this browser has stays as it is.</summary>
    /// <param name="next">Where they were going: a path of ours.</param>
    /// <returns>Where to send the browser now.</returns>
    public async Task<string> RunAsync(HttpContext http, string personId, SignInMethod method, string next)
    {
        // A passkey is both factors: something one has, and the finger or PIN that opens it (asked for by PasskeyRules).
        if (method is not SignInMethod.Passkey && (await factors.OfAsync(personId, http.RequestAborted)).Any)
        {
            await steps.BeginAsync(http, personId, method, next);
            return paths.SecondFactor;
        }
        await BeginAsync(http, personId, method);
        return next;
    }

    /// <summary>The sign-in that waits in this browser for its second factor.</summary>
    public Task<SignInStep?> WaitingAsync(HttpContext http) => steps.FindAsync(http);

    /// <summary>Takes the second factor's code and signs in.</summary>
    public async Task<SecondFactorResult> ContinueAsync(HttpContext http, string code)
    {
        switch (await steps.TryAsync(http, code))
        {
            case StepAnswer.Right(var step):
                await BeginAsync(http, step.PersonId, step.Method);
                return new SecondFactorResult.SignedIn(step.Next);
            case StepAnswer.Wait(var wait):
                return new SecondFactorResult.Wait(wait);
            case StepAnswer.Wrong:
                return new SecondFactorResult.Wrong();
            default:
                return new SecondFactorResult.Lapsed();
        }
    }

    /// <summary>A new session for somebody who is signed in and has just proven it again; the old one is dead (attack case 74).</summary>
    public Task RenewAsync(HttpContext http, string personId) => cookie.BeginAsync(http, personId);

    private async Task BeginAsync(HttpContext http, string personId, SignInMethod method)
    {
        await steps.EndAsync(http);
        await cookie.BeginAsync(http, personId);
        await activity.AddAsync(http, personId, ActivityKind.SignedIn, method.ToString());
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
