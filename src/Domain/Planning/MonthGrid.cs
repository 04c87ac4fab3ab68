using NodaTime;

namespace Holdfast.Domain.Planning;

/// <summary>A month as a calendar shows it: whole weeks, with the neighbours' days at both ends.</summary>
public sealed record MonthGrid(int Year, int Month, IReadOnlyList<IReadOnlyList<CalendarDay>> Weeks)
{
    /// <summary>What the grid spans, for one query: from the first instant to before the last.</summary>
    public DateTimeOffset StartsAt => Weeks[0][0].StartsAt;

    public DateTimeOffset EndsAt => Weeks[^1][^1].EndsAt;

    public static MonthGrid Of(int year, int month, DayOfWeek firstDay, string zone)
    {
        var first = new DateOnly(year, month, 1);
        var start = first.AddDays(-(((int)first.DayOfWeek - (int)firstDay + 7) % 7));
        var weeks = (first.AddMonths(1).DayNumber - start.DayNumber + 6) / 7;
        var clock = Zones.Get(zone);
        return new(year, month, [.. Enumerable.Range(0, weeks).Select(week => (IReadOnlyList<CalendarDay>)
            [.. Enumerable.Range(week * 7, 7).Select(day => Day(start.AddDays(day), month, clock))])]);
    }

    private static CalendarDay Day(DateOnly day, int month, DateTimeZone zone) =>
        new(day, day.Month == month, StartOf(day, zone), StartOf(day.AddDays(1), zone));

    // Midnight itself may not exist where clocks change at midnight.
    private static DateTimeOffset StartOf(DateOnly day, DateTimeZone zone) =>
        zone.AtStartOfDay(LocalDate.FromDateOnly(day)).ToDateTimeOffset().ToUniversalTime();
}

/// <summary>A day of the grid and the instants between which it lasts: 23, 24 or 25 hours.</summary>
public sealed record CalendarDay(DateOnly Date, bool IsInMonth, DateTimeOffset StartsAt, DateTimeOffset EndsAt);
