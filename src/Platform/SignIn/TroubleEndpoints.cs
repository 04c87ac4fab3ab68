using Holdfast.People.Sessions;
using Holdfast.Platform.Shell;
using Holdfast.Shell.Hosting;
using Holdfast.Shell.Pages;

namespace Holdfast.Platform.SignIn;

/// <summary><c>/login/trouble</c>: what to try when signing in keeps failing, and a clean start for this site's cookies.</summary>
internal static class TroubleEndpoints
{
    private const string Path = "/login/trouble";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, (string? cleared, HttpContext http, AppIdentity app, AppOptions options, TimeProvider clock) => Page.Show<TroublePage>(new
        {
            Cleared = cleared is not null,
            // The clean start left a cookie behind; if it did not come back, none does.
            CookiesBlocked = cleared is not null && !http.Request.Cookies.ContainsKey(Probe(app, options)),
            Now = clock.GetUtcNow(),
        }));
        // Without a form token: the cookie it hangs on may be what is broken. The guard against other sites stands before this.
        routes.MapPost(Path, ClearAsync);
    }

    private static async Task<IResult> ClearAsync(HttpContext http, SessionCookie session, AppIdentity app, AppOptions options)
    {
        await session.EndAsync(http);
        // Only ours: Studio on the same host has the same jar (design §7).
        foreach (var name in app.Cookies(options.IsHttps).Union(http.Request.Cookies.Keys.Where(app.Owns), StringComparer.Ordinal).Except([Probe(app, options)], StringComparer.Ordinal))
            http.Response.Cookies.Delete(name, Attributes(options));
        // Not "cookies": that would reach Studio on a name beside ours. Off loopback only, where the storage is ours alone.
        if (!options.IsLoopback)
            http.Response.Headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
        http.Response.Cookies.Append(Probe(app, options), "1", Attributes(options));
        return SeeOther.To(http, Path + "?cleared");
    }

    private static string Probe(AppIdentity app, AppOptions options) => app.Cookie(AppCookie.Probe, options.IsHttps);

    private static CookieOptions Attributes(AppOptions options) => new() { Path = "/", HttpOnly = true, Secure = options.IsHttps, SameSite = SameSiteMode.Lax, IsEssential = true };
}
