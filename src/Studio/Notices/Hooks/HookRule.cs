namespace Holdfast.Studio.Notices.Hooks;

/// <summary>When a notice that a member's server did not take is sent there again: within seconds at first, then ever more slowly, for five days.</summary>
internal static class HookRule
{
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(4), TimeSpan.FromHours(6),
    ];

    private static readonly TimeSpan TriesFor = TimeSpan.FromDays(5);

    /// <summary>The next try; <c>null</c> when there is none by itself any more.</summary>
    /// <param name="tries">Tries so far, the one that just failed included.</param>
    /// <param name="chance">From 0 to 1: takes up to a tenth off, so that what failed together does not come back together.</param>
    public static DateTimeOffset? NextAfter(long tries, DateTimeOffset madeAt, DateTimeOffset now, double chance)
    {
        var next = now + (Waits[Math.Clamp(tries - 1, 0, Waits.Length - 1)] * (1 - (0.1 * chance)));
        return next <= madeAt + TriesFor ? next : null;
    }
}
