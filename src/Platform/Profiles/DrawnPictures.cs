using System.Globalization;
using System.Text.Encodings.Web;

namespace Holdfast.Platform.Profiles;

/// <summary>Pictures for whoever has none: an avatar of letters, a cover of the caption's first words. SVG, drawn on demand.</summary>
internal static class DrawnPictures
{
    public const string ContentType = "image/svg+xml";

    public static string Avatar(string name, string seed) => $"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200" width="200" height="200">
        <rect width="200" height="200" fill="{Colour(seed, 38)}"/>
        <text x="100" y="128" text-anchor="middle" font-family="sans-serif" font-size="80" font-weight="600" fill="#fff">{Encode(Letters(name))}</text>
        </svg>
        """;

    public static string Cover(string caption, string seed)
    {
        var lines = Lines(caption, 16, 6);
        var text = string.Concat(lines.Select((line, at) => string.Create(CultureInfo.InvariantCulture, $"<text x=\"48\" y=\"{600 - (lines.Count * 29) + (at * 58)}\" font-family=\"sans-serif\" font-size=\"44\" font-weight=\"600\" fill=\"#fff\">{Encode(line)}</text>")));
        return $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 540 960" width="540" height="960">
            <defs><linearGradient id="g" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="{Colour(seed, 42)}"/><stop offset="1" stop-color="{Colour(seed + "'", 24)}"/></linearGradient></defs>
            <rect width="540" height="960" fill="url(#g)"/>
            <path d="M238 300 L338 358 L238 416 Z" fill="#fff" fill-opacity=".85"/>
            {text}
            </svg>
            """;
    }

    private static string Letters(string name) =>
        string.Concat(name.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(2).Select(word => StringInfo.GetNextTextElement(word))).ToUpperInvariant();

    private static List<string> Lines(string caption, int width, int most)
    {
        List<string> lines = [];
        foreach (var word in caption.Split((char[])[' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (lines.Count > 0 && lines[^1].Length + word.Length < width)
                lines[^1] += " " + word;
            else if (lines.Count == most)
                return lines;
            else
                lines.Add(word.Length > width && !char.IsHighSurrogate(word[width - 1]) ? word[..width] : word);
        }
        return lines;
    }

    // FNV-1a: the same colour for the same seed on every machine.
    private static string Colour(string seed, int light) =>
        string.Create(CultureInfo.InvariantCulture, $"hsl({seed.Aggregate(2_166_136_261u, (hash, letter) => (hash ^ letter) * 16_777_619u) % 360} 45% {light}%)");

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
