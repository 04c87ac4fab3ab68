using System.Text.Json;
using Holdfast.Shell.Hosting;
using Microsoft.AspNetCore.DataProtection;

namespace Holdfast.Platform.Developers.GetACode;

/// <summary>Keeps a visitor's <see cref="GuideState"/> in their browser, sealed: the code and the verifier stay out of address bar, history and script.</summary>
internal sealed class GuideCookie(AppIdentity app, AppOptions options, IDataProtectionProvider protection)
{
    private static readonly TimeSpan For = TimeSpan.FromHours(1);
    private readonly IDataProtector protector = protection.CreateProtector("guide");

    private string Name => app.Cookie("guide", options.IsHttps);

    public GuideState? Read(HttpContext http)
    {
        if (!http.Request.Cookies.TryGetValue(Name, out var value))
            return null;
        try
        {
            return JsonSerializer.Deserialize<GuideState>(protector.Unprotect(value));
        }
        catch (Exception broken) when (broken is System.Security.Cryptography.CryptographicException or JsonException)
        {
            return null; // of another key ring, or not ours: begin again
        }
    }

    public void Write(HttpContext http, GuideState state) => http.Response.Cookies.Append(Name, protector.Protect(JsonSerializer.Serialize(state)), Attributes(For));

    private CookieOptions Attributes(TimeSpan age) => new() { Path = "/developers", HttpOnly = true, Secure = options.IsHttps, SameSite = SameSiteMode.Lax, MaxAge = age, IsEssential = true };
}
