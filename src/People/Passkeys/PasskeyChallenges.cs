using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Holdfast.Shell.Hosting;
using Holdfast.Shell.Sealing;
using Holdfast.Storage;

namespace Holdfast.People.Passkeys;

/// <summary>What browsers were asked to sign. It lies here, sealed; the browser holds a cookie that names it, and taking it deletes it: an answer works once.</summary>
public sealed class PasskeyChallenges(AppIdentity app, AppOptions options, Database database, SecretSeal seal, ISecretSource secrets, TimeProvider clock)
{
    private static readonly TimeSpan OpenFor = TimeSpan.FromMinutes(10);

    /// <param name="personId"><c>null</c> where the user name was unknown.</param>
    /// <param name="detail">Where a sign-in goes, or what a new passkey is called.</param>
    public async Task BeginAsync(HttpContext http, PasskeyPurpose purpose, string? personId, string state, string detail)
    {
        var value = Base64Url.EncodeToString(secrets.Bytes(32));
        var digest = Digest(value);
        var now = clock.GetUtcNow();
        await database.WriteAsync(async session =>
        {
            await session.RunAsync("delete from passkey_challenge where expires_at <= @now", new { now });
            await session.RunAsync("""
                insert into passkey_challenge (digest, person_id, purpose, state, detail, expires_at) values (@digest, @personId, @purpose, @state, @detail, @ends)
                """, new { digest, personId, purpose = purpose.ToString(), state = Convert.ToBase64String(seal.Close(state, Place(digest))), detail, ends = now + OpenFor });
        }, http.RequestAborted);
        http.Response.Cookies.Append(CookieName, value, Attributes(OpenFor));
    }

    public async Task<PasskeyChallenge?> TakeAsync(HttpContext http, PasskeyPurpose purpose)
    {
        if (!http.Request.Cookies.TryGetValue(CookieName, out var value) || value.Length is 0 or > 200)
            return null;
        http.Response.Cookies.Delete(CookieName, Attributes(null));
        var digest = Digest(value);
        var taken = await database.WriteAsync(session => session.FirstAsync<PasskeyChallenge>(
            "delete from passkey_challenge where digest = @digest and purpose = @purpose and expires_at > @now returning person_id, state, detail",
            new { digest, purpose = purpose.ToString(), now = clock.GetUtcNow() }), http.RequestAborted);
        return taken is null ? null : taken with { State = seal.Open(Convert.FromBase64String(taken.State), Place(digest)) };
    }

    private string CookieName => app.Cookie(AppCookie.Passkey, options.IsHttps);

    private static SealedPlace Place(string digest) => new("passkey_challenge", "state", digest);

    private static string Digest(string value) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)));

    private CookieOptions Attributes(TimeSpan? age) => new() { Path = "/", HttpOnly = true, Secure = options.IsHttps, SameSite = SameSiteMode.Lax, MaxAge = age, IsEssential = true };
}

public enum PasskeyPurpose { SignIn, Register }

public sealed record PasskeyChallenge
{
    public string? PersonId { get; init; }
    public string State { get; init; } = "";
    public string Detail { get; init; } = "";
}
