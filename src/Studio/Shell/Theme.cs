using Holdfast.Shell.Hosting;

namespace Holdfast.Studio.Shell;

/// <summary>Light, dark or as the system has it: a choice of this browser.</summary>
internal sealed class Theme(AppIdentity app, AppOptions options)
{
    private string Name => app.Cookie(AppCookie.Theme, options.IsHttps);

    public string Of(HttpContext? context) => context?.Request.Cookies[Name] is "light" or "dark" ? context.Request.Cookies[Name]! : "auto"; // just seen to be one of the two

    public void Choose(HttpContext context, string? theme)
    {
        var attributes = new CookieOptions { Path = "/", HttpOnly = true, Secure = options.IsHttps, SameSite = SameSiteMode.Lax, MaxAge = TimeSpan.FromDays(400), IsEssential = true };
        if (theme is "light" or "dark")
            context.Response.Cookies.Append(Name, theme, attributes);
        else
            context.Response.Cookies.Delete(Name, attributes);
    }
}
