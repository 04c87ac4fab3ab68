using Holdfast.Platform.Authorize;

namespace Holdfast.Platform.Tokens;

/// <summary>What a token request may do with an authorization code.</summary>
internal static class CodeRule
{
    /// <summary>Wrong redirect URIs or verifiers after which a code is dead: enough for a mistake, not for guessing.</summary>
    public const int MostMisses = 5;

    /// <param name="code">What is stored; <c>null</c> for a code we never made.</param>
    public static CodeVerdict Decide(StoredCode? code, string appId, string? redirectUri, string? verifier, DateTimeOffset now) => code switch
    {
        // Another app's try leaves the code alone: a stranger must not be able to spoil a sign-in (attack case 36).
        null => CodeVerdict.Unknown,
        _ when code.AppId != appId => CodeVerdict.Unknown,
        { RedeemedAt: null } when code.Misses >= MostMisses || code.ExpiresAt <= now => CodeVerdict.Expired,
        _ when code.RedirectUri != redirectUri => CodeVerdict.RedirectMismatch,
        _ when !PkceRule.Proves(code.Platform, code.CodeChallenge, verifier) => CodeVerdict.PkceMismatch,
        { RedeemedAt: not null } => CodeVerdict.Spent,
        _ => CodeVerdict.Redeem,
    };
}

internal enum CodeVerdict { Redeem, Unknown, Expired, RedirectMismatch, PkceMismatch, Spent }

/// <summary>An authorization code's row.</summary>
internal sealed record StoredCode(
    byte[] Digest, string AppId, string ConsentId, RedirectPlatform Platform, string RedirectUri, string Scopes, string? CodeChallenge,
    DateTimeOffset ExpiresAt, long Misses, DateTimeOffset? RedeemedAt, string? FamilyId);
