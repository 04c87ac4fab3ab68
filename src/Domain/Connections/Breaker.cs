using System.Collections.Immutable;

namespace Holdfast.Domain.Connections;

/// <summary>Whether TikTok answers this app at all, judged over every account.</summary>
/// <remarks>
/// Closed: calls go out as they come due. Open: one at a time tries, ever more rarely, and the first answer closes it.
/// Immutable, and no token is touched by any of it.
/// </remarks>
/// <param name="FailingSince">Since when nothing has been answered; null while all is well.</param>
/// <param name="FailedAt">The latest failure of that run.</param>
/// <param name="Failing">The first few different connections that failed in it.</param>
/// <param name="AnsweredAt">About when TikTok last answered; kept to ten minutes, so that a healthy day writes little.</param>
/// <param name="Probes">Tries since it opened.</param>
/// <param name="ProbeAt">From when on somebody may try.</param>
/// <param name="QuietUntil">TikTok asked us to wait until then.</param>
public sealed record Breaker(
    DateTimeOffset? FailingSince = null,
    DateTimeOffset? FailedAt = null,
    int Failures = 0,
    ImmutableArray<string> Failing = default,
    DateTimeOffset? AnsweredAt = null,
    DateTimeOffset? OpenedAt = null,
    int Probes = 0,
    DateTimeOffset? ProbeAt = null,
    DateTimeOffset? QuietUntil = null)
{
    /// <summary>So many different accounts failing one after the other, with no answer in between, is not the accounts.</summary>
    public const int ManyAccounts = 5;

    /// <summary>A run of failures that lasts so long opens it, however few accounts there are.</summary>
    public static readonly TimeSpan LongRun = TimeSpan.FromMinutes(5);

    /// <summary>What every wait here is cut to: a longer Retry-After to one account must not stop all of them.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    private const int FewestFailures = 3;

    /// <summary>Where somebody was answered so lately, one account alone among several proves nothing.</summary>
    private static readonly TimeSpan AnsweredLately = TimeSpan.FromHours(1);

    /// <summary>Failures further apart are not one run.</summary>
    private static readonly TimeSpan RunBreaksAfter = TimeSpan.FromMinutes(30);

    private static readonly TimeSpan NotesAnswersEvery = TimeSpan.FromMinutes(10);

    public bool IsOpen => OpenedAt is not null;

    /// <summary>TikTok gave an answer that can be trusted, a refusal too. One that was asked before TikTok said "later" does not take that back.</summary>
    public Breaker AfterAnswer(DateTimeOffset now)
    {
        var quiet = QuietUntil > now && QuietUntil <= now + LongestWait ? QuietUntil : null;
        return FailingSince is null && !IsOpen && QuietUntil == quiet && now - AnsweredAt < NotesAnswersEvery && AnsweredAt <= now ? this : new(AnsweredAt: now, QuietUntil: quiet);
    }

    /// <summary>No answer that can be trusted.</summary>
    /// <param name="wasProbe">The one try that an open breaker allowed; only its failure makes the next one wait longer.</param>
    /// <param name="isOnly">There is no other account that could prove anything.</param>
    /// <param name="longRun">Instead of <see cref="LongRun"/>.</param>
    public Breaker AfterFailure(string connectionId, DateTimeOffset now, double jitter, TimeSpan? retryAfter = null, bool wasProbe = false, bool isOnly = false, TimeSpan? longRun = null)
    {
        var isNewRun = FailedAt is null || now - FailedAt > RunBreaksAfter || FailingSince > now;
        var known = isNewRun || Failing.IsDefault ? [] : Failing;
        var failing = this with
        {
            FailingSince = isNewRun ? now : FailingSince,
            FailedAt = now,
            Failures = isNewRun ? 1 : Failures + 1,
            Failing = known.Contains(connectionId) || known.Length >= ManyAccounts ? known : known.Add(connectionId),
            QuietUntil = retryAfter > TimeSpan.Zero ? Later(QuietUntil, now + Shorter(retryAfter.Value, LongestWait)) : QuietUntil,
        };
        if (IsOpen)
            return wasProbe ? failing with { Probes = Probes + 1, ProbeAt = RetryRule.Probing.NextAt(now, Probes, jitter) } : failing;
        return failing.IsOneForAll(now, longRun ?? LongRun, isOnly)
            ? failing with { OpenedAt = now, Probes = 0, ProbeAt = RetryRule.Probing.NextAt(now, 0, jitter) }
            : failing;
    }

    /// <summary>Until when nobody may ask; null when somebody may.</summary>
    /// <remarks>An instant further away than any of our waits is from before the clock was set back, and binds nobody.</remarks>
    public DateTimeOffset? HeldUntil(DateTimeOffset now) =>
        QuietUntil is { } quiet && quiet > now && quiet <= now + LongestWait ? quiet
        : IsOpen && ProbeAt is { } probe && probe > now && probe <= now + LongestWait ? probe
        : null;

    public bool Equals(Breaker? other) => other is not null
        && (FailingSince, FailedAt, Failures, AnsweredAt, OpenedAt, Probes, ProbeAt, QuietUntil) == (other.FailingSince, other.FailedAt, other.Failures, other.AnsweredAt, other.OpenedAt, other.Probes, other.ProbeAt, other.QuietUntil)
        && (Failing.IsDefault ? [] : Failing).SequenceEqual(other.Failing.IsDefault ? [] : other.Failing);

    public override int GetHashCode() => HashCode.Combine(FailingSince, FailedAt, Failures, AnsweredAt, OpenedAt, ProbeAt);

    private bool IsOneForAll(DateTimeOffset now, TimeSpan longRun, bool isOnly) => Failing.Length >= ManyAccounts
        || (Failures >= FewestFailures && now - FailingSince >= longRun && (Failing.Length > 1 || isOnly || !(now - AnsweredAt < AnsweredLately)));

    private static DateTimeOffset Later(DateTimeOffset? one, DateTimeOffset other) => one > other ? one.Value : other;

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
