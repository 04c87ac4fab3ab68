using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Holdfast.Platform.Authorize;

/// <summary>TikTok's PKCE (§1.7, §10.2): hexadecimal SHA-256 where it is required, RFC 7636's base64url as well on Web.</summary>
internal static class PkceRule
{
    private const int ShortestVerifier = 32; // TikTok's own Android SDK makes 32 characters
    private const int LongestVerifier = 128;

    /// <summary>What is wrong with a challenge at the authorization endpoint; <c>null</c> when nothing is.</summary>
    public static PkceProblem? ProblemWith(RedirectPlatform platform, string? challenge, string? method) => (challenge, method) switch
    {
        (null or "", _) when platform is RedirectPlatform.Web => null,
        (null or "", _) => PkceProblem.ChallengeMissing,
        (_, not (null or "S256")) => PkceProblem.Method,
        // A base64url challenge passes here and fails at the token endpoint, also on Desktop: so does it at TikTok (§9, quirk 4).
        _ => IsHex(challenge) || IsBase64Url(challenge) ? null : PkceProblem.ChallengeMalformed,
    };

    /// <summary>Whether the token request proves that it comes from whoever began the authorization.</summary>
    public static bool Proves(RedirectPlatform platform, string? challenge, string? verifier)
    {
        if (string.IsNullOrEmpty(challenge))
            return platform is RedirectPlatform.Web; // a verifier without a challenge proves nothing and is ignored
        if (verifier is null || verifier.Length > LongestVerifier || verifier.Length < (platform is RedirectPlatform.Web ? 1 : ShortestVerifier) || !verifier.All(IsUnreserved))
            return false;
        var digest = SHA256.HashData(Encoding.ASCII.GetBytes(verifier));
        return Same(Convert.ToHexStringLower(digest), challenge.ToLowerInvariant())
            || (platform is RedirectPlatform.Web && Same(Base64Url.EncodeToString(digest), challenge));
    }

    private static bool Same(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));

    private static bool IsHex(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigit);

    private static bool IsBase64Url(string text) => text.Length == 43 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static bool IsUnreserved(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~';
}

internal enum PkceProblem { ChallengeMissing, ChallengeMalformed, Method }
