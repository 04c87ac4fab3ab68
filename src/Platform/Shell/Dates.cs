using System.Globalization;

namespace Holdfast.Platform.Shell;

/// <summary>An instant as a page without script shows it.</summary>
public static class Dates
{
    public static string Say(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
