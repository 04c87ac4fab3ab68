using Holdfast.People.Activity;
using Holdfast.People.Sessions;

namespace Holdfast.People.SignIn;

/// <summary>Where every way in ends: somebody has proven who they are, and what follows is the same for all of them.</summary>
public sealed class FinishSignIn(SessionCookie cookie, ActivityLog activity)
{
    /// <summary>Signs the person in.</summary>
    /// <param name="next">Where they were going: a path of ours.</param>
    /// <returns>Where to send the browser now.</returns>
    public async Task<string> RunAsync(HttpContext http, string personId, SignInMethod method, string next)
    {
        await cookie.BeginAsync(http, personId);
        await activity.AddAsync(http, personId, ActivityKind.SignedIn, method.ToString());
        return next;
    }
}

/// <summary>How somebody proved who they are.</summary>
public enum SignInMethod { Password, EmailCode, Passkey, External, SignUp, Demo }
