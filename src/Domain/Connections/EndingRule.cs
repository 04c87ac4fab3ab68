namespace Holdfast.Domain.Connections;

/// <summary>When people are told that a refresh token ends and renewing does not move its end.</summary>
public static class EndingRule
{
    private static readonly int[] Days = [1, 3, 7, 14, 30];

    /// <summary>The nearest of 30, 14, 7, 3 and 1 days that holds the end; null while it is further away or unknown.</summary>
    public static int? DaysLeft(DateTimeOffset? refreshEndsAt, DateTimeOffset now) =>
        refreshEndsAt is { } end ? Days.Select(days => (int?)days).FirstOrDefault(days => end - now <= TimeSpan.FromDays(days!.Value)) : null;
}
