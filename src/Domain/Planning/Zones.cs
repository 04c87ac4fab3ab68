using NodaTime;

namespace Holdfast.Domain.Planning;

/// <summary>The world's time zones by IANA name.</summary>
public static class Zones
{
    private static IDateTimeZoneProvider Known => DateTimeZoneProviders.Tzdb;

    public static IReadOnlyCollection<string> All => Known.Ids;

    public static bool Exists(string? name) => name is not null && Known.GetZoneOrNull(name) is not null;

    /// <exception cref="NodaTime.TimeZones.DateTimeZoneNotFoundException">The name was not checked with <see cref="Exists"/>.</exception>
    internal static DateTimeZone Get(string name) => Known[name];
}
