using Holdfast.Shell.Hosting;
using Holdfast.Storage;

namespace Holdfast.People.Sessions;

/// <summary>Carries a session between a browser and <see cref="SessionStore"/>.</summary>
public sealed class SessionCookie(AppIdentity app, AppOptions options, SessionStore sessions)
{
    private string Name => app.Cookie(AppCookie.Session, options.IsHttps);

    public string? Read(HttpRequest request) => request.Cookies.TryGetValue(Name, out var value) && value.Length is > 0 and < 200 ? value : null;

    /// <summary>Signs a person in with a session of its own; one the browser brought along ends, so nobody can plant one beforehand.</summary>
    public async Task BeginAsync(HttpContext context, string personId)
    {
        await EndAsync(context);
        var value = await sessions.BeginAsync(personId, context.Request.Headers.UserAgent.ToString(), Address(context), context.RequestAborted);
        context.Response.Cookies.Append(Name, value, Attributes(SessionStore.AtMost));
    }

    /// <inheritdoc cref="BeginAsync(HttpContext, string)"/>
    /// <returns>The value to <see cref="Keep"/> once the transaction is committed.</returns>
    internal async Task<string> BeginAsync(Session session, HttpContext context, string personId)
    {
        if (Read(context.Request) is { } old)
            await SessionStore.EndAsync(session, old);
        return await sessions.BeginAsync(session, personId, context.Request.Headers.UserAgent.ToString(), Address(context));
    }

    internal void Keep(HttpContext context, string value) => context.Response.Cookies.Append(Name, value, Attributes(SessionStore.AtMost));

    /// <summary>Gives the browser's session a new value after the person has proven themselves once more; the old value opens nothing (attack case 74).</summary>
    public async Task RenewAsync(HttpContext context)
    {
        if (Read(context.Request) is { } old && await sessions.RenewAsync(old, context.RequestAborted) is { } value)
            context.Response.Cookies.Append(Name, value, Attributes(SessionStore.AtMost));
    }

    public async Task EndAsync(HttpContext context)
    {
        if (Read(context.Request) is not { } value)
            return;
        await sessions.EndAsync(value, context.RequestAborted);
        context.Response.Cookies.Delete(Name, Attributes(null));
    }

    /// <summary>The remote address, for throttling and the sessions list.</summary>
    public static string Address(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "unknown";

    private CookieOptions Attributes(TimeSpan? age) => new() { Path = "/", HttpOnly = true, Secure = options.IsHttps, SameSite = SameSiteMode.Lax, MaxAge = age, IsEssential = true };
}
