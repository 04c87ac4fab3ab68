using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Holdfast.Shell.Hosting;
using Holdfast.Storage;

namespace Holdfast.People.External;

/// <summary>The cookie that binds trips to providers to one browser. Everything secret about a trip comes from it, so the database holds none of it.</summary>
internal sealed class BrowserKey(AppIdentity app, AppOptions options, ISecretSource secrets)
{
    private string Name => app.Cookie(AppCookie.External, options.IsHttps);

    public string? Read(HttpContext http) => http.Request.Cookies.TryGetValue(Name, out var value) && value.Length == 43 ? value : null;

    /// <summary>The browser's key, or a new one; kept for as long as a trip may take.</summary>
    public string Keep(HttpContext http)
    {
        var key = Read(http) ?? Base64Url.EncodeToString(secrets.Bytes(32));
        http.Response.Cookies.Append(Name, key, Attributes(ExternalAttempts.OpenFor));
        return key;
    }

    public void Drop(HttpContext http) => http.Response.Cookies.Delete(Name, Attributes(null));

    private CookieOptions Attributes(TimeSpan? age) => new() { Path = "/", HttpOnly = true, Secure = options.IsHttps, SameSite = SameSiteMode.Lax, MaxAge = age, IsEssential = true };
}

/// <summary>The secrets of one trip, from the browser's key and the trip's <c>state</c>.</summary>
internal sealed class TripSecrets(string browserKey, string state)
{
    public string State => state;

    public string StateDigest => Digest(state);

    public string BrowserDigest => Digest(browserKey);

    /// <summary>Ties an ID token to this trip (OpenID Connect Core §3.1.2.1).</summary>
    public string Nonce => Derive("nonce");

    /// <summary>PKCE's verifier: 43 characters (RFC 7636 §4.1).</summary>
    public string Verifier => Derive("verifier");

    public string Challenge => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    public static string Digest(string value) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)));

    public override string ToString() => "TripSecrets(redacted)";

    private string Derive(string purpose) => Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(browserKey), Encoding.UTF8.GetBytes($"{purpose}|{state}")));
}
