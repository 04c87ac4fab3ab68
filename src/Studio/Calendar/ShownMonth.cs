using System.Globalization;

namespace Holdfast.Studio.Calendar;

/// <summary>The month an address names, within the years that planning makes sense for.</summary>
internal readonly record struct ShownMonth(int Year, int Month)
{
    private const int FirstYear = 2016;
    private const int LastYear = 2100;

    public ShownMonth Next => Of(new DateOnly(Year, Month, 1).AddMonths(1));

    public ShownMonth Previous => Of(new DateOnly(Year, Month, 1).AddMonths(-1));

    public bool IsInReach => Year is >= FirstYear and <= LastYear;

    public string Href => $"/calendar?month={this}";

    public static ShownMonth Of(DateOnly day) => new(day.Year, day.Month);

    /// <summary>Null when it is no month, or one far from everybody's plans.</summary>
    public static ShownMonth? Read(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first) && Of(first) is { IsInReach: true } month ? month : null;

    public override string ToString() => $"{Year:0000}-{Month:00}";
}
