using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Holdfast.Storage;

namespace Holdfast.Platform.Tokens;

/// <summary>Makes tokens of 256 random bits; the database only ever sees their SHA-256.</summary>
internal sealed class TokenText(ISecretSource secrets)
{
    /// <summary><c>act.</c>, <c>rft.</c> or <c>clt.</c> and 43 characters of base64url.</summary>
    public string Next(string prefix) => prefix + Base64Url.EncodeToString(secrets.Bytes(32));

    /// <summary>The shape of TikTok's codes (§1.5): base64url, <c>*0!</c>, four digits, a region.</summary>
    public string NextCode()
    {
        var tail = secrets.Bytes(2);
        return $"{Base64Url.EncodeToString(secrets.Bytes(32))}*0!{1000 + ((tail[0] << 8) | tail[1]) % 9000}.u1";
    }

    /// <summary><c>-000</c> and 32 characters (§2.8): random, so nothing about the person can be read from it.</summary>
    public string NextOpenId() => "-000" + Base64Url.EncodeToString(secrets.Bytes(24));

    /// <summary>GUID-like text (§2.8), the same for all apps of one developer.</summary>
    public string NextUnionId() => new Guid(secrets.Bytes(16)).ToString();

    public static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
