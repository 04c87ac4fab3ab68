namespace Holdfast.Platform.Webhooks;

/// <summary>When an event that was not heard is sent again (§6.1): after 10 s, doubling, at most an hour, give or take a tenth, for 72 hours.</summary>
internal static class RetryRule
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>The next attempt; <c>null</c> when there is none any more.</summary>
    /// <param name="tries">Attempts so far, the one that just failed included.</param>
    /// <param name="chance">From 0 to 1: which of the possible instants.</param>
    public static DateTimeOffset? NextAfter(long tries, DateTimeOffset now, DateTimeOffset giveUpAt, double chance)
    {
        var wait = tries > 9 ? Longest : First * Math.Pow(2, tries - 1);
        var next = now + (wait < Longest ? wait : Longest) * (0.9 + (0.2 * chance));
        return next <= giveUpAt ? next : null;
    }
}
