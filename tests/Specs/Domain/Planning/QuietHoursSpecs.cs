using Holdfast.Domain.Planning;

namespace Holdfast.Specs.Domain.Planning;

public sealed class QuietHoursSpecs
{
    [Theory]
    [InlineData("22:00", "07:00", "2026-11-22T23:30:00+01:00", "2026-11-23T07:00:00+01:00")]
    [InlineData("22:00", "07:00", "2026-11-23T06:59:00+01:00", "2026-11-23T07:00:00+01:00")]
    [InlineData("22:00", "07:00", "2026-11-23T07:00:00+01:00", null)]
    [InlineData("22:00", "07:00", "2026-11-22T21:59:00+01:00", null)]
    [InlineData("12:00", "14:00", "2026-11-22T12:00:00+01:00", "2026-11-22T14:00:00+01:00")]
    [InlineData("12:00", "14:00", "2026-11-22T23:00:00+01:00", null)]
    [InlineData("08:00", "08:00", "2026-11-22T08:00:00+01:00", null)]
    // The night in which the clocks go forward, and the one in which they go back.
    [InlineData("22:00", "07:00", "2026-03-29T01:30:00+01:00", "2026-03-29T07:00:00+02:00")]
    [InlineData("01:00", "02:30", "2026-03-29T01:30:00+01:00", "2026-03-29T03:00:00+02:00")]
    [InlineData("22:00", "07:00", "2026-10-25T02:30:00+02:00", "2026-10-25T07:00:00+01:00")]
    [InlineData("22:00", "02:30", "2026-10-25T02:15:00+01:00", null)]
    public void Quiet_ends_where_the_persons_own_wall_clock_says_so(string from, string to, string now, string? end)
    {
        var quiet = new QuietHours(TimeOnly.Parse(from, null), TimeOnly.Parse(to, null), "Europe/Berlin");

        Assert.Equal(end is null ? null : DateTimeOffset.Parse(end, null), quiet.EndsAt(DateTimeOffset.Parse(now, null)));
    }
}
