using System.Collections.Immutable;

namespace Holdfast.Domain.Connections;

/// <summary>How long to wait after a passing failure; the last wait repeats.</summary>
/// <param name="Spread">The part of a wait, 0 to 1, that chance may take off.</param>
public sealed record RetryRule(ImmutableArray<TimeSpan> Waits, double Spread)
{
    /// <summary>A longer <c>Retry-After</c> is a mistake, or not meant well.</summary>
    public static readonly TimeSpan LongestRetryAfter = TimeSpan.FromDays(1);

    /// <summary>Time a renewal is given before the end of the token.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    /// <summary>30 s doubling to 15 min.</summary>
    public static RetryRule Renewal { get; } = Seconds(0.5, 30, 60, 120, 240, 480, 900);

    /// <summary>The one renewal that tries while nothing is answered: recovery is noticed within two minutes.</summary>
    public static RetryRule Probing { get; } = Seconds(0.5, 15, 30, 60, 120);

    /// <summary>A post before it reached TikTok, and a status that cannot be asked.</summary>
    public static RetryRule Posting { get; } = Seconds(0, 60, 300, 1800);

    /// <summary>A chunk, while the upload address lives.</summary>
    public static RetryRule Uploading { get; } = Seconds(0, 2, 10, 30, 60, 300);

    /// <param name="failures">Failures before this one.</param>
    /// <param name="jitter">0 to 1.</param>
    /// <param name="retryAfter">What TikTok asked for; we never come earlier.</param>
    /// <param name="endsAt">
    /// The end of the token: the wait is cut so that a try still fits before it. Retry-After outranks this,
    /// and once the margin is reached there is nothing left to save.
    /// </param>
    public DateTimeOffset NextAt(DateTimeOffset now, int failures, double jitter = 0, TimeSpan? retryAfter = null, DateTimeOffset? endsAt = null)
    {
        var wait = Waits[Math.Clamp(failures, 0, Waits.Length - 1)];
        wait -= wait * (Spread * Math.Clamp(jitter, 0, 1));
        if (endsAt - Margin - now is { } left && left > TimeSpan.Zero && wait > left)
            wait = left;
        if (retryAfter is { } asked && asked > wait)
            wait = asked < LongestRetryAfter ? asked : LongestRetryAfter;
        return now + wait;
    }

    private static RetryRule Seconds(double spread, params IEnumerable<int> waits) => new([.. waits.Select(wait => TimeSpan.FromSeconds(wait))], spread);
}
