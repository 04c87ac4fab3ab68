using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace Holdfast.Journeys.Stage;

/// <summary>A phone's authenticator app (RFC 6238), written from the RFC and not from our server.</summary>
internal sealed class AuthenticatorApp(string typedKey)
{
    /// <summary>What it shows now, or some half minutes away.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "RFC 6238 and every authenticator app: HMAC does not rest on SHA-1's collisions.")]
    public string Code(int steps = 0)
    {
        var counter = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, Clock.System.GetUtcNow().ToUnixTimeSeconds() / 30 + steps);
        using var mac = new HMACSHA1(Key());
        var hash = mac.ComputeHash(counter);
        var at = hash[19] & 15;
        return ((BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(at, 4)) & int.MaxValue) % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private byte[] Key()
    {
        var bits = string.Concat(typedKey.Where(char.IsAsciiLetterOrDigit).Select(letter => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. bits.Chunk(8).Where(octet => octet.Length == 8).Select(octet => Convert.ToByte(new string(octet), 2))];
    }
}
