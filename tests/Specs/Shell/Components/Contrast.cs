using System.Globalization;
using System.Text.RegularExpressions;

namespace Holdfast.Specs.Shell.Components;

/// <summary>The colours of tokens.css as a browser resolves them, and their WCAG contrast.</summary>
internal static partial class Contrast
{
    /// <summary>Every colour of one app in one theme, by name without the dashes.</summary>
    public static Dictionary<string, string> Colours(string css, string app, bool dark)
    {
        var colours = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match rule in Rule().Matches(Comment().Replace(css, "")))
        {
            var selector = rule.Groups["selector"].Value.Trim();
            if (selector != ":root" && selector != $":root[data-app=\"{app}\"]")
                continue;
            foreach (Match pair in Pair().Matches(rule.Groups["body"].Value))
                colours[pair.Groups["name"].Value] = pair.Groups[dark ? "dark" : "light"].Value;
        }

        return colours;
    }

    public static double Between(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string hex) => 0.2126 * Channel(hex, 1) + 0.7152 * Channel(hex, 3) + 0.0722 * Channel(hex, 5);

    private static double Channel(string hex, int at)
    {
        var value = int.Parse(hex.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"(?<selector>[^{}]+)\{(?<body>[^{}]*)\}")]
    private static partial Regex Rule();

    [GeneratedRegex(@"--(?<name>[a-z0-9-]+):\s*light-dark\((?<light>#[0-9a-f]{6}),\s*(?<dark>#[0-9a-f]{6})\)")]
    private static partial Regex Pair();
}
