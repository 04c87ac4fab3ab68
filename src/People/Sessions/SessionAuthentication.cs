using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Holdfast.People.Sessions;

/// <summary>Reads the session cookie; asks for sign-in by sending the browser to <c>/sign-in</c>, or to the app's own sign-in page.</summary>
internal sealed class SessionAuthentication(IOptionsMonitor<SessionAuthenticationOptions> options, ILoggerFactory logger, UrlEncoder encoder, SessionCookie cookie, SessionStore sessions)
    : AuthenticationHandler<SessionAuthenticationOptions>(options, logger, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (cookie.Read(Request) is not { } value || await sessions.FindAsync(value, Context.RequestAborted) is not { } found)
            return AuthenticateResult.NoResult();

        var identity = new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, found.PersonId),
            new Claim("user_name", found.UserName),
            new Claim(ClaimTypes.Name, found.DisplayName),
            new Claim("session", found.Digest),
        ], Scheme.Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (HttpMethods.IsGet(Request.Method) && Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal))
            Response.Redirect($"{Options.SignInPath}?next={Uri.EscapeDataString(Request.Path + Request.QueryString)}");
        else
            Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }
}

internal sealed class SessionAuthenticationOptions : AuthenticationSchemeOptions
{
    public string SignInPath { get; set; } = "/sign-in";
}
