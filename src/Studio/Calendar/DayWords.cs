using Holdfast.Domain.Planning;
using Holdfast.Shell.Language;

namespace Holdfast.Studio.Calendar;

/// <summary>Days and times as Studio's pages say them, on the workspace's wall clock.</summary>
internal static class DayWords
{
    public static string Month(this Texts texts, int year, int month) => texts["calendar.month-year", texts[$"calendar.month.{month}"], year];

    /// <summary>"Wednesday 25 November".</summary>
    public static string Day(this Texts texts, DateOnly day) =>
        texts["calendar.day", texts[$"calendar.weekday.{day.DayOfWeek}"], day.Day, texts[$"calendar.month.{day.Month}"]];

    /// <summary>"today", "tomorrow" or "Wed 25 Nov".</summary>
    public static string NearDay(this Texts texts, DateOnly day, DateOnly today) => (day.DayNumber - today.DayNumber) switch
    {
        0 => texts["calendar.today"],
        1 => texts["calendar.tomorrow"],
        -1 => texts["calendar.yesterday"],
        _ => texts["calendar.short-day", texts[$"calendar.weekday-short.{day.DayOfWeek}"], day.Day, texts[$"calendar.month-short.{day.Month}"]],
    };

    /// <summary>"Today, 18:30", in the zone.</summary>
    public static string NearTime(this Texts texts, DateTimeOffset at, DateTimeOffset now, string zone)
    {
        var (then, today) = (PlannedTime.At(at, zone), PlannedTime.At(now, zone).Day);
        return texts["calendar.day-time", texts.NearDay(then.Day, today), Time(then)];
    }

    public static string Time(PlannedTime planned) => planned.Time.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>As forms and addresses write it.</summary>
    public static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    public static DateOnly? ReadIso(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var day) ? day : null;
}
