using System.Globalization;
using Holdfast.Domain.Planning;

namespace Holdfast.Studio.Posts;

/// <summary>Instants as a wall clock in a zone shows them; modules write them again in the reader's language.</summary>
internal static class Zoned
{
    public static string Text(DateTimeOffset at, string zone)
    {
        var local = PlannedTime.At(at, zone);
        return string.Create(CultureInfo.InvariantCulture, $"{local.Day:d MMM yyyy}, {local.Time:HH:mm}");
    }
}
