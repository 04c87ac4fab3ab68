using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Holdfast.Platform.Tokens;

/// <summary>Counts codes that bought nothing, per app and address, by the minute (attack case 41). Kept by each node for itself: a code has 256 random bits, so this guards our time and not the code.</summary>
/// <remarks>Only failed exchanges come here: one that works pays nothing and is never refused, so that a stranger who sends guesses through an app's callback shuts nobody out.</remarks>
internal sealed class DeadCodes(TimeProvider clock, IOptions<TokenOptions> options)
{
    public const string RetryAfterSeconds = "60";

    private const int Remembered = 10_000;

    private readonly ConcurrentDictionary<(string ClientKey, string Address), (long Minute, int Count)> seen = new();

    /// <summary>Counts one more; <c>true</c> when that is one too many.</summary>
    public bool AreTooMany(string clientKey, string address)
    {
        var minute = clock.GetUtcNow().ToUnixTimeSeconds() / 60;
        if (seen.Count >= Remembered)
            Forget(minute);
        var (_, count) = seen.AddOrUpdate((clientKey, address), (minute, 1), (_, before) => before.Minute == minute ? (minute, before.Count + 1) : (minute, 1));
        return count > options.Value.DeadCodesPerMinute;
    }

    private void Forget(long minute)
    {
        foreach (var (subject, entry) in seen)
        {
            if (entry.Minute != minute)
                seen.TryRemove(subject, out _);
        }
        if (seen.Count >= Remembered)
            seen.Clear();
    }
}
