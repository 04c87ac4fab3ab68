using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Holdfast.Platform.DemoIdentity;

/// <summary>Signs ID tokens with a key that is made when first needed and lives as long as the process.</summary>
internal sealed class ClubTokens(PotteryClub club, TimeProvider clock) : IDisposable
{
    private readonly Lazy<ECDsa> key = new(() => ECDsa.Create(ECCurve.NamedCurves.nistP256));
    private readonly JsonWebTokenHandler handler = new() { SetDefaultTimesOnTokenCreation = false };

    public string Make(ClubGrant grant)
    {
        var now = clock.GetUtcNow();
        return handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = club.Issuer,
            Audience = PotteryClub.ClientId,
            IssuedAt = now.UtcDateTime,
            Expires = (now + TimeSpan.FromMinutes(5)).UtcDateTime,
            Claims = new Dictionary<string, object?>
            {
                ["sub"] = grant.Member.Subject,
                ["name"] = grant.Member.Name,
                ["email"] = grant.Member.Email,
                ["email_verified"] = grant.Member.IsEmailVerified,
                ["nonce"] = grant.Nonce,
            },
            SigningCredentials = new(Signing, SecurityAlgorithms.EcdsaSha256),
        });
    }

    /// <summary>The public half, as <c>jwks_uri</c> publishes it.</summary>
    public object PublicKeys()
    {
        var point = key.Value.ExportParameters(includePrivateParameters: false).Q;
        return new { keys = new[] { new { kty = "EC", crv = "P-256", use = "sig", alg = "ES256", kid = Signing.KeyId, x = Base64UrlEncoder.Encode(point.X), y = Base64UrlEncoder.Encode(point.Y) } } };
    }

    public void Dispose()
    {
        if (key.IsValueCreated)
            key.Value.Dispose();
    }

    private ECDsaSecurityKey Signing => new(key.Value)
    {
        KeyId = Convert.ToHexStringLower(SHA256.HashData(key.Value.ExportSubjectPublicKeyInfo()))[..16],
        CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
    };
}
