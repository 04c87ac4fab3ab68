using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Holdfast.TikTok.OAuth;

/// <summary>Whether and how an authorization is bound to the one who started it (tiktok-v2 §1.7).</summary>
public enum PkceStyle
{
    /// <summary>No PKCE: apps whose redirect URI is registered under Web.</summary>
    None,

    /// <summary>TikTok's own form, the challenge in lower-case hex: Desktop, iOS and Android.</summary>
    Hex,
}

/// <summary>A verifier and its challenge. TikTok wants the hexadecimal SHA-256 of the verifier, unlike RFC 7636's base64url.</summary>
/// <param name="Verifier">Kept until the exchange.</param>
/// <param name="Challenge">64 lower-case hexadecimal digits, for the authorization URL.</param>
public sealed record Pkce(CodeVerifier Verifier, string Challenge)
{
    /// <summary>The only method TikTok knows.</summary>
    public const string Method = "S256";

    /// <summary>Makes a pair from fresh secret bytes.</summary>
    /// <param name="source">32 to 96 bytes from a cryptographic source, used once; they become a verifier of 43 to 128 characters.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another number of bytes.</exception>
    public static Pkce Create(ReadOnlySpan<byte> source)
    {
        if (source.Length is < 32 or > 96)
        {
            throw new ArgumentOutOfRangeException(nameof(source), "A verifier is made from 32 to 96 secret bytes.");
        }

        return For(new CodeVerifier(Base64Url.EncodeToString(source)));
    }

    /// <summary>The pair of a verifier that exists already.</summary>
    /// <param name="verifier">For example one read back from storage.</param>
    public static Pkce For(CodeVerifier verifier)
    {
        ArgumentNullException.ThrowIfNull(verifier);
        return new(verifier, ChallengeOf(verifier.Reveal()));
    }

    /// <summary>What TikTok will most likely ask for, judged by the redirect URI: a loopback one can only be registered under Desktop (§1.2).</summary>
    /// <param name="redirectUri">The URI of the authorization request.</param>
    public static PkceStyle StyleFor(string redirectUri) =>
        Uri.TryCreate(redirectUri, UriKind.Absolute, out var uri) && uri.IsLoopback ? PkceStyle.Hex : PkceStyle.None;

    internal static string ChallengeOf(string verifier) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
}
