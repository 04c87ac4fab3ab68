namespace Holdfast.Domain.Planning;

/// <summary>Hours of every day in which a person wants no letters, on their own wall clock; they may reach over midnight.</summary>
/// <param name="Zone">An IANA name that <see cref="Zones.Exists"/>.</param>
public sealed record QuietHours(TimeOnly From, TimeOnly To, string Zone)
{
    /// <summary>When the quiet that holds now is over; null when it is not quiet. From and to the same: never quiet.</summary>
    public DateTimeOffset? EndsAt(DateTimeOffset now)
    {
        var local = PlannedTime.At(now, Zone);
        var isQuiet = From <= To ? local.Time >= From && local.Time < To : local.Time >= From || local.Time < To;
        if (!isQuiet)
            return null;
        var end = new PlannedTime(local.Time < To ? local.Day : local.Day.AddDays(1), To, Zone).Resolve().At;
        // In the hour that autumn's clocks show twice the end may lie behind us.
        return end > now ? end : null;
    }
}
