using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Holdfast.People.External;

/// <summary>Believes an ID token only when everything about it is right (OpenID Connect Core §3.1.3.7).</summary>
internal sealed class IdTokens(TimeProvider clock)
{
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);
    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = 64 * 1024 };

    // Asymmetric ones alone: with HMAC a provider's public key, or our own secret, would sign.
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512, SecurityAlgorithms.RsaSsaPssSha256,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    /// <returns>Its claims; <c>null</c> when it is signed by a key we do not have.</returns>
    /// <exception cref="ProviderException">It is not to be believed.</exception>
    public async Task<JsonElement?> ReadAsync(string token, Published provider, string clientId, string nonce)
    {
        var checkedToken = await Handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = provider.Issuer,
            ValidAudience = clientId,
            IssuerSigningKeys = provider.Keys,
            ValidAlgorithms = Algorithms,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            LifetimeValidator = (notBefore, expires, _, _) => IsCurrent(notBefore, expires),
        });
        if (!checkedToken.IsValid)
            return checkedToken.Exception is SecurityTokenSignatureKeyNotFoundException ? null : throw NotBelieved(checkedToken.Exception?.GetType().Name ?? "not valid", checkedToken.Exception);

        var claims = Payload((JsonWebToken)checkedToken.SecurityToken);
        if (!IsSame(Text(claims, "nonce"), nonce))
            throw NotBelieved("nonce");
        // With several audiences, or where it is named, the party it was issued to must be us.
        if (Text(claims, "azp") is { } party ? party != clientId : claims.TryGetProperty("aud", out var audience) && audience.ValueKind is JsonValueKind.Array && audience.GetArrayLength() > 1)
            throw NotBelieved("azp");
        if (string.IsNullOrEmpty(Text(claims, "sub")))
            throw NotBelieved("sub");
        return claims;
    }

    private bool IsCurrent(DateTime? notBefore, DateTime? expires)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return expires is { } end && end + Skew > now && (notBefore is not { } start || start - Skew <= now);
    }

    private static JsonElement Payload(JsonWebToken token)
    {
        using var json = JsonDocument.Parse(Base64Url.DecodeFromChars(token.EncodedPayload));
        return json.RootElement.Clone();
    }

    private static string? Text(JsonElement claims, string name) => claims.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static bool IsSame(string? given, string expected) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given ?? ""), Encoding.UTF8.GetBytes(expected));

    private static ProviderException NotBelieved(string check, Exception? inner = null) => new(ExternalProblem.NotBelieved, $"the ID token fails a check: {check}", inner);
}
