using System.Net;
using Holdfast.Platform.Console.Api;
using Holdfast.Platform.Console.Pages;
using Holdfast.Shell.Guards;
using Holdfast.Shell.Hosting;
using Holdfast.Shell.Language;
using Holdfast.Shell.Pages;

namespace Holdfast.Platform.Console;

/// <summary>Who may use the console. Behind it stand <see cref="CrossSiteGuard"/> and the own-host filter, which every page has.</summary>
internal static class ConsoleGuard
{
    private const string Bearer = "Bearer ";

    // A proxy or tunnel in front turns "only this machine" into "anybody".
    private static readonly string[] SentOn = ["X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Forwarded", "Via"];

    public static RouteGroupBuilder GuardConsole(this RouteGroupBuilder group, bool isApi)
    {
        group.AllowAnonymous().AddEndpointFilter(async (call, next) =>
        {
            var http = call.HttpContext;
            var texts = http.RequestServices.GetRequiredService<Texts>();
            var key = http.RequestServices.GetRequiredService<ConsoleToken>();
            if (!key.IsAsked && !IsFromHere(http))
                return isApi ? ConsoleAnswer.Refused(403, texts["console.refused.sent-on"]) : TypedResults.StatusCode(StatusCodes.Status403Forbidden);
            if (key.IsAsked && !Opens(http, key))
            {
                if (!isApi)
                    return Page.Show<LockedPage>(null, StatusCodes.Status401Unauthorized);
                http.Response.Headers.WWWAuthenticate = "Bearer";
                return ConsoleAnswer.Refused(401, texts["console.refused.token"]);
            }
            if (isApi && http.Request.Headers["Sec-Fetch-Site"] is [not ("same-origin" or "none")])
                return ConsoleAnswer.Refused(403, texts["console.refused.cross-site"]);
            // What a page of another site can send without asking first is never JSON.
            if (isApi && !HttpMethods.IsGet(http.Request.Method) && http.Request.ContentType is { } type && !type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase))
                return ConsoleAnswer.Refused(415, texts["console.refused.json"]);
            return await next(call);
        });
        return group;
    }

    /// <summary>The cookie that stands for the token in this browser.</summary>
    public static void Remember(HttpContext http)
    {
        var (key, options) = (http.RequestServices.GetRequiredService<ConsoleToken>(), http.RequestServices.GetRequiredService<AppOptions>());
        http.Response.Cookies.Append(Name(http), key.Cookie, new CookieOptions { HttpOnly = true, Secure = options.IsHttps, SameSite = SameSiteMode.Strict, Path = "/" });
    }

    private static bool Opens(HttpContext http, ConsoleToken key) =>
        http.Request.Headers.Authorization is [{ } header] && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? key.Matches(header[Bearer.Length..])
            : key.MatchesCookie(http.Request.Cookies[Name(http)]);

    private static string Name(HttpContext http) =>
        http.RequestServices.GetRequiredService<AppIdentity>().Cookie(AppCookie.Console, http.RequestServices.GetRequiredService<AppOptions>().IsHttps);

    private static bool IsFromHere(HttpContext http) =>
        (http.Connection.RemoteIpAddress is null || IPAddress.IsLoopback(http.Connection.RemoteIpAddress)) && !SentOn.Any(http.Request.Headers.ContainsKey);
}
