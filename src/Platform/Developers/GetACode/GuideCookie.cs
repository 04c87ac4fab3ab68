using System.Text.Json;
using Holdfast.Shell.Hosting;
using Microsoft.AspNetCore.DataProtection;

namespace Holdfast.Platform.Developers.GetACode;

/// <summary>Keeps a visitor's <see cref="GuideState"/> and <see cref="QrGuide"/> in their browser, sealed: the code and the verifier stay out of address bar, history and script.</summary>
internal sealed class GuideCookie(AppIdentity app, AppOptions options, IDataProtectionProvider protection)
{
    private static readonly TimeSpan For = TimeSpan.FromHours(1);
    private readonly IDataProtector protector = protection.CreateProtector("guide");

    private string QrName => app.Cookie(AppCookie.GuideQr, options.IsHttps);

    private string Name => app.Cookie(AppCookie.Guide, options.IsHttps);

    public GuideState? Read(HttpContext http) => Read<GuideState>(http, Name);

    public void Write(HttpContext http, GuideState state) => Write(http, Name, state);

    public QrGuide? ReadQr(HttpContext http) => Read<QrGuide>(http, QrName);

    public void WriteQr(HttpContext http, QrGuide code) => Write(http, QrName, code);

    private T? Read<T>(HttpContext http, string name) where T : class
    {
        if (!http.Request.Cookies.TryGetValue(name, out var value))
            return null;
        try
        {
            return JsonSerializer.Deserialize<T>(protector.Unprotect(value));
        }
        catch (Exception broken) when (broken is System.Security.Cryptography.CryptographicException or JsonException)
        {
            return null; // of another key ring, or not ours: begin again
        }
    }

    private void Write<T>(HttpContext http, string name, T value) => http.Response.Cookies.Append(name, protector.Protect(JsonSerializer.Serialize(value)), Attributes(For));

    private CookieOptions Attributes(TimeSpan age) => new() { Path = "/", HttpOnly = true, Secure = options.IsHttps, SameSite = SameSiteMode.Lax, MaxAge = age, IsEssential = true };
}
