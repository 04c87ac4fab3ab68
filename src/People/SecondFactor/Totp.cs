using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Holdfast.People.SecondFactor;

/// <summary>Time-based one-time codes (RFC 6238) as every authenticator app makes them: SHA-1, 30 seconds, 6 digits.</summary>
public static class Totp
{
    /// <summary>Bytes of a seed: as long as SHA-1's result (RFC 4226 §4, R6).</summary>
    public const int SeedBytes = 20;

    private const int Digits = 6;
    private const int StepSeconds = 30;

    // A phone's clock may be one step off, either way (RFC 6238 §5.2).
    private const int Drift = 1;

    public static long StepAt(DateTimeOffset now) => now.ToUnixTimeSeconds() / StepSeconds;

    [SuppressMessage("Security", "CA5350", Justification = "RFC 6238 and every authenticator app: HMAC does not rest on SHA-1's collisions.")]
    public static string CodeAt(ReadOnlySpan<byte> seed, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(seed, counter, hash);
        var number = BinaryPrimitives.ReadUInt32BigEndian(hash[(hash[^1] & 15)..]) & 0x7fff_ffff;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The step whose code this is; <c>null</c> when it is none of now and its neighbours, or one that was used before.</summary>
    /// <param name="lastStep">The newest step that was ever accepted: it and those before it are spent.</param>
    public static long? Match(ReadOnlySpan<byte> seed, string code, DateTimeOffset now, long lastStep)
    {
        long? matched = null;
        for (var step = StepAt(now) - Drift; step <= StepAt(now) + Drift; step++)
        {
            if (step > lastStep && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(CodeAt(seed, step)), Encoding.ASCII.GetBytes(code)))
                matched ??= step;
        }
        return matched;
    }

    /// <summary>What somebody typed, without the space that apps show in the middle; <c>null</c> when it is no code of six digits.</summary>
    public static string? Read(string typed)
    {
        var code = typed.Replace(" ", "", StringComparison.Ordinal);
        return code.Length == Digits && code.All(char.IsAsciiDigit) ? code : null;
    }
}
