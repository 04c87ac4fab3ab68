namespace Holdfast.Domain.Connections;

/// <summary>When people are told that a refresh token ends and renewing does not move its end.</summary>
public static class EndingRule
{
    private static readonly int[] Days = [1, 3, 7, 14, 30];

    /// <summary>An end is reckoned from each answer anew, by a clock that may have been set meanwhile: that moves it by minutes, and a longer grant by days.</summary>
    private static readonly TimeSpan SameEnd = TimeSpan.FromHours(2);

    /// <summary>The nearest of 30, 14, 7, 3 and 1 days that holds the end; null while it is further away or unknown.</summary>
    public static int? DaysLeft(DateTimeOffset? refreshEndsAt, DateTimeOffset now) =>
        refreshEndsAt is { } end ? Days.Select(days => (int?)days).FirstOrDefault(days => end - now <= TimeSpan.FromDays(days!.Value)) : null;

    /// <summary>A day of those has come. Renewing tells nobody, so that each day is told once, on its day, whether or not a renewal falls on it; of several days slept through only the nearest is told.</summary>
    public static ConnectionChange AsTimePasses(this Connection connection, DateTimeOffset now) =>
        connection.State.IsUsable && DaysLeft(connection.Life.RefreshEndsAt, now) is { } days && (connection.State is not ConnectionState.EndingSoon(var told) || days < told)
            ? new(
                connection with { State = new ConnectionState.EndingSoon(days) },
                new(now, TimelineKind.EndingSoon, $"{days}"),
                new(NoticeKind.EndingSoon, $"{days}"))
            : new(connection);

    /// <summary>A renewal worked: either it moved the end, or what people were told stands until the next day comes.</summary>
    internal static ConnectionState AfterRenewal(ConnectionState before, TokenLife was, TokenLife life, DateTimeOffset now) =>
        before is not ConnectionState.EndingSoon(var told) ? new ConnectionState.Live()
        : life.RefreshEndsAt - was.RefreshEndsAt < SameEnd ? before
        : DaysLeft(life.RefreshEndsAt, now) is { } days ? new ConnectionState.EndingSoon(Math.Max(told, days))
        : new ConnectionState.Live();
}
