namespace Holdfast.Domain.Quotas;

/// <summary>At most so many uses in any window of this length; a use counts until exactly one window later.</summary>
public sealed record Quota(int Limit, TimeSpan Window)
{
    /// <summary>Per account (tiktok-v2 §5.1).</summary>
    public static Quota Init { get; } = new(6, TimeSpan.FromMinutes(1));

    /// <summary>Per account.</summary>
    public static Quota CreatorInfo { get; } = new(20, TimeSpan.FromMinutes(1));

    /// <summary>Per account.</summary>
    public static Quota Status { get; } = new(30, TimeSpan.FromMinutes(1));

    /// <summary>Per account and shared with other apps, so TikTok may say no earlier (§5.10).</summary>
    public static Quota Posts { get; } = new(15, TimeSpan.FromHours(24));

    /// <summary>Accounts that post through an app TikTok has not audited.</summary>
    public static Quota UnauditedAccounts { get; } = new(5, TimeSpan.FromHours(24));

    public int Left(IEnumerable<DateTimeOffset> uses, DateTimeOffset now) => Math.Max(0, Limit - Counted(uses, now).Count);

    /// <summary>Now, or the instant the window frees a place.</summary>
    public DateTimeOffset NextAllowedAt(IEnumerable<DateTimeOffset> uses, DateTimeOffset now)
    {
        var counted = Counted(uses, now);
        return counted.Count < Limit ? now : counted[^Limit] + Window;
    }

    /// <summary>For a calendar: whether one more at that instant leaves every window, before and after it, within the limit.</summary>
    public bool HasRoom(IReadOnlyCollection<DateTimeOffset> planned, DateTimeOffset at) => planned
        .Where(use => use >= at && use < at + Window)
        .Append(at)
        .All(end => planned.Count(use => use > end - Window && use <= end) < Limit);

    /// <summary>The same for a quota of different accounts: one that counts already uses no second place.</summary>
    public DateTimeOffset NextAllowedAt(IEnumerable<(string Account, DateTimeOffset At)> uses, string account, DateTimeOffset now)
    {
        var latest = uses.GroupBy(use => use.Account, use => use.At, StringComparer.Ordinal)
            .ToDictionary(account => account.Key, account => account.Max(), StringComparer.Ordinal);
        return latest.TryGetValue(account, out var own) && own > now - Window ? now : NextAllowedAt(latest.Values, now);
    }

    private List<DateTimeOffset> Counted(IEnumerable<DateTimeOffset> uses, DateTimeOffset now) =>
        [.. uses.Where(use => use > now - Window && use <= now).Order()];
}
