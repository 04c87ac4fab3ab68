using Holdfast.Storage;

namespace Holdfast.Platform.Developers.Credentials;

/// <summary>Makes keys and secrets in the forms that TikTok's have (portal §2.6).</summary>
internal sealed class NewCredentials(ISecretSource secrets)
{
    private const string KeyLetters = "abcdefghjkmnpqrstuvwxyz234567890"; // 32, so every byte is fair; never one letter that people confuse
    private const string SecretLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const int SecretLength = 32;

    public string Key() => "aw" + Readable();

    public string SandboxKey() => "sbaw" + Readable();

    /// <summary>190 bits, so that a plain SHA-256 of it is as good as a slow hash.</summary>
    public string Secret()
    {
        var secret = new char[SecretLength];
        for (var at = 0; at < SecretLength;)
        {
            // 248 is the last multiple of 62 in a byte: above it the first letters would come more often.
            foreach (var octet in secrets.Bytes(SecretLength).Where(octet => octet < 248).Take(SecretLength - at))
                secret[at++] = SecretLetters[octet % SecretLetters.Length];
        }
        return new string(secret);
    }

    private string Readable() => string.Concat(secrets.Bytes(14).Select(octet => KeyLetters[octet & 31]));
}
