using System.Globalization;
using Holdfast.Shell.Language;

namespace Holdfast.Studio.Home;

/// <summary>Distances in time and large numbers as people say them.</summary>
internal static class Spoken
{
    /// <summary>"in 17 hours", for browsers without script; with it the text stays fresh.</summary>
    public static string Until(this Texts texts, TimeSpan left) => left switch
    {
        { TotalMinutes: < 1 } => texts["home.now"],
        { TotalHours: < 1 } => texts.Count("home.in-minutes", (long)left.TotalMinutes),
        { TotalDays: < 1 } => texts.Count("home.in-hours", (long)left.TotalHours),
        _ => texts.Count("home.in-days", (long)left.TotalDays),
    };

    public static string Followers(this Texts texts, long number) => texts[number == 1 ? "home.followers.one" : "home.followers.other", Short(number)];

    /// <summary>48,216 as "48.2K".</summary>
    public static string Short(long number) => number switch
    {
        >= 10_000_000 => string.Create(CultureInfo.InvariantCulture, $"{number / 1_000_000}M"),
        >= 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(number / 100_000d) / 10:0.#}M"),
        >= 10_000 => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(number / 100d) / 10:0.#}K"),
        _ => number.ToString("N0", CultureInfo.InvariantCulture),
    };
}
