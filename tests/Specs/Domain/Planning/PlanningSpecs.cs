using Holdfast.Domain.Planning;

namespace Holdfast.Specs.Domain.Planning;

public sealed class PlanningSpecs
{
    [Theory, Trait("scenario", "S4"), Trait("scenario", "S7")]
    [InlineData("2026-03-28T09:00", "Europe/Berlin", "2026-03-28T08:00Z", WallClock.Once)]
    [InlineData("2026-03-29T09:00", "Europe/Berlin", "2026-03-29T07:00Z", WallClock.Once)]
    [InlineData("2026-10-25T09:00", "Europe/Berlin", "2026-10-25T08:00Z", WallClock.Once)]
    [InlineData("2026-03-29T02:30", "Europe/Berlin", "2026-03-29T01:00Z", WallClock.Skipped)]
    [InlineData("2026-10-25T02:30", "Europe/Berlin", "2026-10-25T00:30Z", WallClock.Twice)]
    [InlineData("2026-11-22T09:15", "Asia/Kolkata", "2026-11-22T03:45Z", WallClock.Once)]
    [InlineData("2026-11-22T09:00", "Asia/Kathmandu", "2026-11-22T03:15Z", WallClock.Once)]
    [InlineData("2026-11-22T00:05", "Pacific/Kiritimati", "2026-11-21T10:05Z", WallClock.Once)]
    [InlineData("2026-04-05T01:45", "Australia/Lord_Howe", "2026-04-04T14:45Z", WallClock.Twice)]
    public void A_wall_clock_s_time_means_one_instant_on_every_day_of_the_year(string local, string zone, string instant, WallClock wallClock)
    {
        var resolved = Plan(local, zone).Resolve();
        Assert.Equal((DateTimeOffset.Parse(instant), wallClock), (resolved.At, resolved.WallClock));
        Assert.Equal(TimeSpan.Zero, resolved.At.Offset);
    }

    [Fact, Trait("scenario", "S4")]
    public void A_post_dragged_across_a_clock_change_keeps_its_time_of_day()
    {
        var moved = Plan("2026-10-24T09:00", "Europe/Berlin").On(new(2026, 10, 26));
        Assert.Equal(DateTimeOffset.Parse("2026-10-26T08:00Z"), moved.Resolve().At);
        Assert.Equal(new TimeOnly(9, 0), moved.Time);
    }

    [Theory, Trait("scenario", "S5")]
    [InlineData("Europe/Berlin", "2026-11-22T19:30")]
    [InlineData("America/Los_Angeles", "2026-11-22T10:30")]
    [InlineData("Asia/Kolkata", "2026-11-23T00:00")]
    public void One_instant_is_shown_on_every_wall_clock_and_read_back_from_it(string zone, string local)
    {
        var instant = DateTimeOffset.Parse("2026-11-22T18:30Z");
        Assert.Equal(Plan(local, zone), PlannedTime.At(instant.ToOffset(TimeSpan.FromHours(-3)), zone));
        Assert.Equal(instant, PlannedTime.At(instant, zone).Resolve().At);
    }

    [Fact]
    public void Zones_are_IANA_names_and_nothing_else()
    {
        Assert.True(Zones.Exists("Europe/Berlin"));
        Assert.False(Zones.Exists("W. Europe Standard Time"));
        Assert.False(Zones.Exists(null));
        Assert.Contains("Asia/Kolkata", Zones.All);
    }

    [Theory]
    [InlineData(2026, 11, DayOfWeek.Monday, "2026-10-26", "2026-12-06", 6)]
    [InlineData(2026, 11, DayOfWeek.Sunday, "2026-11-01", "2026-12-05", 5)]
    [InlineData(2027, 2, DayOfWeek.Monday, "2027-02-01", "2027-02-28", 4)]
    public void A_month_is_shown_in_whole_weeks(int year, int month, DayOfWeek first, string from, string to, int weeks)
    {
        var grid = MonthGrid.Of(year, month, first, "Europe/Berlin");
        Assert.Equal(weeks, grid.Weeks.Count);
        Assert.Equal((DateOnly.Parse(from), DateOnly.Parse(to)), (grid.Weeks[0][0].Date, grid.Weeks[^1][^1].Date));
        Assert.All(grid.Weeks, week => Assert.Equal(7, week.Count));
        Assert.All(grid.Weeks, week => Assert.Equal(first, week[0].Date.DayOfWeek));
        Assert.Equal(DateTime.DaysInMonth(year, month), grid.Weeks.SelectMany(week => week).Count(day => day.IsInMonth));
    }

    [Fact, Trait("scenario", "S4")]
    public void The_days_of_a_month_touch_and_the_day_of_a_clock_change_is_shorter_or_longer()
    {
        CalendarDay[] days = [.. MonthGrid.Of(2026, 3, DayOfWeek.Monday, "Europe/Berlin").Weeks.SelectMany(week => week)];
        Assert.All(days.Zip(days.Skip(1)), pair => Assert.Equal(pair.First.EndsAt, pair.Second.StartsAt));
        Assert.Equal(TimeSpan.FromHours(23), days.Single(day => day.Date == new DateOnly(2026, 3, 29)) is var spring ? spring.EndsAt - spring.StartsAt : default);
        Assert.Equal(MonthGrid.Of(2026, 3, DayOfWeek.Monday, "Europe/Berlin").EndsAt, days[^1].EndsAt);
    }

    [Theory]
    [InlineData(null, 0, 0, 0)]
    [InlineData("Glaze day #pottery #clay", 24, 2, 0)]
    [InlineData("with @bruno\n#clay", 17, 1, 1)]
    [InlineData("a#b me@home # @ ##x", 19, 0, 0)]
    [InlineData("🏺", 2, 0, 0)]
    public void Captions_are_counted_as_TikTok_counts_them(string? caption, int units, int hashtags, int mentions) =>
        Assert.Equal(new CaptionCount(units, hashtags, mentions), CaptionRule.Count(caption));

    [Fact]
    public void A_caption_may_have_2200_units_and_not_one_more()
    {
        Assert.Equal((0, false), (CaptionRule.Count(new('x', 2_200)).Left, CaptionRule.Count(new('x', 2_200)).IsTooLong));
        Assert.Equal((-1, true), (CaptionRule.Count(new('x', 2_201)).Left, CaptionRule.Count(new('x', 2_201)).IsTooLong));
    }

    private static PlannedTime Plan(string local, string zone)
    {
        var parts = DateTime.Parse(local);
        return new(DateOnly.FromDateTime(parts), TimeOnly.FromDateTime(parts), zone);
    }
}
