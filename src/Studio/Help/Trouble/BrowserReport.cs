using System.Globalization;
using Holdfast.Domain.Trouble;
using Holdfast.People.Sessions;
using Holdfast.Shell.Hosting;

namespace Holdfast.Studio.Help.Trouble;

/// <summary>Reads what trouble.js found out in the browser, and what the request itself shows.</summary>
internal sealed class BrowserReport(AppIdentity app, AppOptions options, SessionCookie session, TimeProvider clock)
{
    private string Probe => app.Cookie(AppCookie.Probe, options.IsHttps);

    /// <summary>Leaves a cookie behind; the report's request shows whether it was kept. It lives as long as the browser, for a page may stay open for days.</summary>
    public void Mark(HttpContext http) => http.Response.Cookies.Append(Probe, "1", new CookieOptions
    {
        Path = "/",
        HttpOnly = true,
        Secure = options.IsHttps,
        SameSite = SameSiteMode.Lax,
        IsEssential = true,
    });

    public BrowserFacts Read(HttpContext http)
    {
        var query = http.Request.Query;
        var runs = query["script"].ToString();
        return new BrowserFacts
        {
            RunsScript = runs is "1" ? true : runs is "off" ? false : null,
            Window = query["window"].ToString() switch
            {
                "blocked" => WindowTest.Blocked,
                "blank" => WindowTest.Blank,
                "works" => WindowTest.Works,
                _ => WindowTest.NotTried,
            },
            ReachesSite = Flag(query["site"]),
            // Two sides of one question: the browser's own word, and whether ours came back. Without script nothing of ours had the time to.
            KeepsCookies = runs is "1" ? Flag(query["cookies"]) is not false && http.Request.Cookies.ContainsKey(Probe) : null,
            HasChannel = Flag(query["channel"]),
            ClockAhead = long.TryParse(query["now"], NumberStyles.None, CultureInfo.InvariantCulture, out var now) && now < MaxInstant ? DateTimeOffset.FromUnixTimeMilliseconds(now) - clock.GetUtcNow() : null,
            OpenedAt = options.Url.Port is 0 ? null : $"{http.Request.Scheme}://{http.Request.Host}", // bound to any free port, only the system knows the address
            HasStaleSession = session.Read(http.Request) is not null && http.User.IdOrNull() is null,
        };
    }

    private static readonly long MaxInstant = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    private static bool? Flag(string? value) => value switch { "1" => true, "0" => false, _ => null };
}
