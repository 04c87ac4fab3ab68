using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Holdfast.Shell.Hosting;
using Holdfast.Storage;
using Microsoft.AspNetCore.DataProtection;

namespace Holdfast.Studio.Accounts.Links;

/// <summary>Binds one browser to the link that was opened in it. It opens nothing in Studio: it only says that a sign-in was begun here.</summary>
internal sealed class GuestCookie(AppIdentity app, AppOptions options, ISecretSource secrets, IDataProtectionProvider protection)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(1);
    private readonly IDataProtector protector = protection.CreateProtector("guest");

    private string Name => app.Cookie(AppCookie.Client, options.IsHttps);

    /// <summary>The guest of this browser; <c>null</c> without a cookie of ours.</summary>
    public Guest? Read(HttpContext http)
    {
        if (!http.Request.Cookies.TryGetValue(Name, out var value) || value.Length > 1000)
            return null;
        try
        {
            return protector.Unprotect(value).Split('.') is [var link, var secret] ? new Guest(link, Digest(secret)) : null;
        }
        catch (CryptographicException)
        {
            return null; // of another key ring, or not ours: the link opens it anew
        }
    }

    /// <summary>Begins a visit; one by the same link goes on.</summary>
    public void Keep(HttpContext http, string linkId)
    {
        if (Read(http)?.LinkId != linkId)
            http.Response.Cookies.Append(Name, protector.Protect($"{linkId}.{Base64Url.EncodeToString(secrets.Bytes(32))}"), Attributes);
    }

    // A word before it: the digest of a member's session can never be the same.
    private static string Digest(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("guest:" + secret)));

    // Lax: TikTok's redirect back has to bring it.
    private CookieOptions Attributes => new() { Path = "/", HttpOnly = true, Secure = options.IsHttps, SameSite = SameSiteMode.Lax, MaxAge = KeptFor, IsEssential = true };
}

/// <summary>Somebody who opened a link.</summary>
/// <param name="Digest">Names the browser without opening anything.</param>
internal sealed record Guest(string LinkId, string Digest);
