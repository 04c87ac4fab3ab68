using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Holdfast.TikTok.Webhooks;

/// <summary>What a signature check found.</summary>
public enum SignatureVerdict
{
    /// <summary>Signed by the holder of the secret, recently.</summary>
    Valid,

    /// <summary>No header, or one that does not read <c>t=…,s=…</c>.</summary>
    Unreadable,

    /// <summary>The time in the header is further from now than tolerated, in either direction.</summary>
    Stale,

    /// <summary>Another secret, another body or another time.</summary>
    Mismatch,
}

/// <summary>Checks that a notification really is from TikTok (tiktok-v2 §6.4), before anything in it is parsed.</summary>
public static class WebhookSignature
{
    /// <summary>The request header that carries it.</summary>
    public const string Header = "TikTok-Signature";

    /// <summary>How old a signature may be unless told otherwise: 5 minutes.</summary>
    public static TimeSpan DefaultTolerance { get; } = TimeSpan.FromMinutes(5);

    /// <summary>Verifies a header against the bytes exactly as they arrived.</summary>
    /// <param name="header">The value of <see cref="Header"/>; null when absent.</param>
    /// <param name="body">The raw request body, not re-serialized.</param>
    /// <param name="secret">The app's client secret.</param>
    /// <param name="now">The receiver's clock.</param>
    /// <param name="tolerance">How far the header's time may be before <paramref name="now"/>; null means <see cref="DefaultTolerance"/>.</param>
    /// <param name="ahead">How far it may be after <paramref name="now"/>, where clocks differ; null means as far as before.</param>
    public static SignatureVerdict Verify(string? header, ReadOnlySpan<byte> body, ClientSecret secret, DateTimeOffset now, TimeSpan? tolerance = null, TimeSpan? ahead = null)
    {
        ArgumentNullException.ThrowIfNull(secret);
        if (Read(header) is not var (time, seconds, signature))
        {
            return SignatureVerdict.Unreadable;
        }

        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret.Reveal()));
        hmac.AppendData(Encoding.ASCII.GetBytes(time + "."));
        hmac.AppendData(body);
        // The signature first: an unsigned time proves nothing, and a stale one is only worth telling when it is genuine.
        if (!CryptographicOperations.FixedTimeEquals(hmac.GetHashAndReset(), signature))
        {
            return SignatureVerdict.Mismatch;
        }

        var before = tolerance ?? DefaultTolerance;
        var age = now.ToUnixTimeSeconds() - seconds;
        return age <= before.TotalSeconds && -age <= (ahead ?? before).TotalSeconds ? SignatureVerdict.Valid : SignatureVerdict.Stale;
    }

    private static (string Time, long Seconds, byte[] Signature)? Read(string? header)
    {
        string? time = null;
        string? signature = null;
        foreach (var part in (header ?? "").Split(',', StringSplitOptions.TrimEntries))
        {
            if (part.StartsWith("t=", StringComparison.Ordinal) && time is null)
            {
                time = part[2..];
            }
            else if (part.StartsWith("s=", StringComparison.Ordinal) && signature is null)
            {
                signature = part[2..];
            }
            else if (part.StartsWith("t=", StringComparison.Ordinal) || part.StartsWith("s=", StringComparison.Ordinal))
            {
                // Two of a kind: whichever were taken, somebody could have added the other.
                return null;
            }
        }

        return time is { Length: <= 12 } && long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && signature is { Length: 64 } && signature.All(char.IsAsciiHexDigit)
            ? (time, seconds, Convert.FromHexString(signature))
            : null;
    }
}
