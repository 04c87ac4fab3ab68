using Holdfast.Shell.Hosting;

namespace Holdfast.Studio.Home;

/// <summary>"Hide these steps": a choice of this browser; the steps themselves are facts.</summary>
internal sealed class StepsCookie(AppIdentity app, AppOptions options)
{
    private string Name => app.Cookie(AppCookie.Steps, options.IsHttps);

    public bool AreHidden(HttpContext? context) => context?.Request.Cookies[Name] is "hidden";

    public void Hide(HttpContext context) => context.Response.Cookies.Append(Name, "hidden", new CookieOptions
    {
        Path = "/",
        HttpOnly = true,
        Secure = options.IsHttps,
        SameSite = SameSiteMode.Lax,
        MaxAge = TimeSpan.FromDays(400),
        IsEssential = true,
    });
}
