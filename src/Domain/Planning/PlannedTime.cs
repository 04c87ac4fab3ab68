using NodaTime;

namespace Holdfast.Domain.Planning;

/// <summary>What a person planned: a time on a wall clock somewhere.</summary>
/// <remarks>
/// Store this beside the instant: "09:00 in Berlin" stays 09:00 when the post moves across a clock change, and when
/// a government changes the rules.
/// </remarks>
/// <param name="Zone">An IANA name that <see cref="Zones.Exists"/>.</param>
public sealed record PlannedTime(DateOnly Day, TimeOnly Time, string Zone)
{
    public PlannedInstant Resolve()
    {
        var local = LocalDate.FromDateOnly(Day) + LocalTime.FromTimeOnly(Time);
        var found = Zones.Get(Zone).MapLocal(local);
        return found.Count switch
        {
            // The clocks jump over it: the first instant that exists.
            0 => new(found.LateInterval.Start.ToDateTimeOffset(), WallClock.Skipped),
            1 => new(found.Single().ToDateTimeOffset().ToUniversalTime(), WallClock.Once),
            // The clocks pass it twice: the earlier, so that nothing is late.
            _ => new(found.First().ToDateTimeOffset().ToUniversalTime(), WallClock.Twice),
        };
    }

    /// <summary>Dragged to another day of the calendar: the wall clock's time stays.</summary>
    public PlannedTime On(DateOnly day) => this with { Day = day };

    /// <summary>What a wall clock in the zone shows at that instant.</summary>
    public static PlannedTime At(DateTimeOffset instant, string zone)
    {
        var local = Instant.FromDateTimeOffset(instant).InZone(Zones.Get(zone)).LocalDateTime;
        return new(local.Date.ToDateOnly(), local.TimeOfDay.ToTimeOnly(), zone);
    }
}

/// <summary>The instant a planned time means, in UTC.</summary>
public sealed record PlannedInstant(DateTimeOffset At, WallClock WallClock);

/// <summary>How often a wall clock shows a planned time on its day.</summary>
public enum WallClock
{
    Once,

    /// <summary>Never: spring's missing hour. The next instant that exists was taken; say so.</summary>
    Skipped,

    /// <summary>Twice: autumn's double hour. The earlier was taken; say so.</summary>
    Twice,
}
