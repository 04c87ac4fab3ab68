namespace Holdfast.Shell.Hosting;

/// <summary>Which of our two apps this host is.</summary>
/// <remarks>Both run on <c>localhost</c> and so share one cookie jar across ports: every name that reaches a browser carries the app.</remarks>
/// <param name="Name"><c>studio</c> or <c>platform</c>: database, schema, key ring and cookies are named after it.</param>
public sealed record AppIdentity(string Name)
{
    /// <summary>The name of a cookie of this app; <c>__Host-</c> binds it to one origin where the browser lets us (https only, path <c>/</c>).</summary>
    public string Cookie(AppCookie cookie, bool https) => Prefix(https) + cookie switch
    {
        AppCookie.SecondFactor => "2fa",
        AppCookie.CodeVerify => "code_verify",
        AppCookie.CodeSignIn => "code_signin",
        AppCookie.CodeReset => "code_reset",
        AppCookie.GuideQr => "guide_qr",
        _ => cookie.ToString().ToLowerInvariant(),
    };

    /// <summary>The name of every cookie this app may have put into a browser, whether or not the browser sends it.</summary>
    public IEnumerable<string> Cookies(bool https) => Enum.GetValues<AppCookie>().Select(cookie => Cookie(cookie, https));

    /// <summary>Whether a cookie is this app's; also one of an older version, or of the time before https.</summary>
    public bool Owns(string cookie) => cookie.StartsWith(Prefix(https: false), StringComparison.Ordinal) || cookie.StartsWith(Prefix(https: true), StringComparison.Ordinal);

    private string Prefix(bool https) => $"{(https ? "__Host-" : "")}hf_{Name}_";
}

/// <summary>Every cookie there is; whoever adds one adds it here, and a clean start (<c>/login/trouble</c>) expires it.</summary>
public enum AppCookie { Session, Antiforgery, SecondFactor, Passkey, External, CodeVerify, CodeSignIn, CodeReset, Probe, Guide, GuideQr, Steps, Theme, Console, Client }
