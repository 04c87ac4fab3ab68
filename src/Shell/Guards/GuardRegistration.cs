using Holdfast.Shell.Hosting;

namespace Holdfast.Shell.Guards;

internal static class GuardRegistration
{
    public static void AddCrossSiteGuards(this IServiceCollection services, AppIdentity app, AppOptions options) =>
        services.AddAntiforgery(forgery =>
        {
            forgery.Cookie.Name = app.Cookie(AppCookie.Antiforgery, options.IsHttps);
            forgery.Cookie.SameSite = SameSiteMode.Lax;
            forgery.Cookie.SecurePolicy = options.IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
            forgery.Cookie.Path = "/";
            forgery.HeaderName = "X-Antiforgery";
            forgery.SuppressXFrameOptionsHeader = true;
        });
}
