using System.Globalization;

namespace Holdfast.Platform.Profiles;

/// <summary>Counts as profiles show them: 999, 1.2K, 34K, 5.6M. Rounded down, so that nobody has more than they have.</summary>
internal static class ShortCount
{
    public static string Of(long count) => count switch
    {
        < 1_000 => count.ToString(CultureInfo.InvariantCulture),
        < 1_000_000 => Scaled(count, 1_000, "K"),
        < 1_000_000_000 => Scaled(count, 1_000_000, "M"),
        _ => Scaled(count, 1_000_000_000, "B"),
    };

    private static string Scaled(long count, long unit, string name) =>
        (count / unit < 100 ? Math.Floor(count * 10m / unit) / 10 : count / unit).ToString("0.#", CultureInfo.InvariantCulture) + name;
}
