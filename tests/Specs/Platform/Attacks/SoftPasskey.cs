using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Attacks;

/// <summary>An authenticator in thirty lines (WebAuthn §6): makes a key for a site and signs what the site asks, or what an attacker would rather have signed.</summary>
internal sealed class SoftPasskey(string origin) : IDisposable
{
    private const byte Present = 1, Verified = 4, Attested = 64;

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] id = new SystemSecrets().Bytes(32);
    private string user = "";

    public string Id => Base64Url.EncodeToString(id);

    /// <summary>How often it has signed.</summary>
    public uint Count { get; set; }

    /// <summary>Synced over several devices: it has no counter.</summary>
    public bool IsSynced { get; init; }

    /// <summary>Whether it asks for a finger or a PIN.</summary>
    public bool Verifies { get; set; } = true;

    /// <summary>What the browser says it is at.</summary>
    public string Origin { get; set; } = origin;

    public string Create(JsonElement question)
    {
        user = question.GetProperty("user").GetProperty("id").GetString()!; // every question names its user
        var point = key.ExportParameters(false).Q;
        byte[] publicKey = [0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32, .. point.X!, 0x22, 0x58, 32, .. point.Y!];
        byte[] data = [.. Data(question.GetProperty("rp").GetProperty("id").GetString()!, Attested), .. new byte[16], 0, 32, .. id, .. publicKey];
        byte[] attestation = [0xa3, 0x63, .. "fmt"u8, 0x64, .. "none"u8, 0x67, .. "attStmt"u8, 0xa0, 0x68, .. "authData"u8, 0x58, (byte)data.Length, .. data];
        return Answer(new { clientDataJSON = Said("webauthn.create", question), attestationObject = Base64Url.EncodeToString(attestation), transports = new[] { "internal" } });
    }

    public string Sign(JsonElement question)
    {
        Count += IsSynced ? 0u : 1u;
        var data = Data(question.GetProperty("rpId").GetString()!, 0); // every question names its site
        var said = Said("webauthn.get", question);
        byte[] signed = [.. data, .. SHA256.HashData(Base64Url.DecodeFromChars(said))];
        return Answer(new
        {
            clientDataJSON = said,
            authenticatorData = Base64Url.EncodeToString(data),
            signature = Base64Url.EncodeToString(key.SignData(signed, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)),
            userHandle = user,
        });
    }

    public void Dispose() => key.Dispose();

    private string Said(string type, JsonElement question) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(
        new { type, challenge = question.GetProperty("challenge").GetString(), origin = Origin, crossOrigin = false }));

    private byte[] Data(string site, byte flags)
    {
        var data = new byte[37];
        SHA256.HashData(Encoding.UTF8.GetBytes(site)).CopyTo(data, 0);
        data[32] = (byte)(Present | (Verifies ? Verified : 0) | flags);
        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(33), Count);
        return data;
    }

    private string Answer(object response) => JsonSerializer.Serialize(new { id = Id, rawId = Id, type = "public-key", clientExtensionResults = new { }, response });
}
