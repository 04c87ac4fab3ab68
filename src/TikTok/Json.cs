using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Holdfast.TikTok;

/// <summary>Reads members that may be missing, null or of another type than documented, without throwing.</summary>
internal static class Json
{
    private const int LongestMessage = 500;

    /// <summary>The root object of a body, or null when it is anything else.</summary>
    public static JsonElement? Object(ReadOnlyMemory<byte> body)
    {
        try
        {
            // A copy that outlives the document: callers keep strings only, but need no disposal this way.
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static JsonElement? Member(this JsonElement element, string name)
    {
        try
        {
            return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
        }
        catch (InvalidOperationException)
        {
            // A name among the members is half of a surrogate pair, which the search for another name stumbles over.
            return null;
        }
    }

    public static JsonElement? ObjectMember(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Object } value ? value : null;

    public static string? Text(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.String } value ? ReadText(value) : null;

    public static bool? Flag(this JsonElement element, string name) =>
        element.Member(name)?.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null };

    /// <summary>An integer, written as a number or as a string of digits: TikTok does both for ids and counts.</summary>
    public static long? Integer(this JsonElement element, string name) => element.Member(name) is { } value ? Integer(value) : null;

    public static long? Integer(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetInt64(out var number) => number,
        JsonValueKind.String when long.TryParse(ReadText(value), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

    public static IReadOnlyList<string> Texts(this JsonElement element, string name) =>
        [.. element.Items(name).Where(item => item.ValueKind == JsonValueKind.String).Select(ReadText).OfType<string>()];

    /// <summary>Words from outside, safe to print: nothing a terminal obeys or that turns a line around, of bounded length, whole letters only.</summary>
    public static string Printable(string? text)
    {
        var kept = new StringBuilder();
        foreach (var letter in (text ?? "").EnumerateRunes())
        {
            if (kept.Length + letter.Utf16SequenceLength > LongestMessage)
            {
                break;
            }

            if (Rune.GetUnicodeCategory(letter) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator))
            {
                kept.Append(letter.ToString());
            }
        }

        return kept.ToString().Trim();
    }

    /// <summary>The id of the call, under either of its names (tiktok-v2 §7.1).</summary>
    public static string? LogId(this JsonElement element) =>
        Printable(element.Text("log_id") ?? element.Text("logid")) is { Length: > 0 } id ? id : null;

    private static string? ReadText(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // Escapes that are half of a surrogate pair are JSON but no text.
            return null;
        }
    }
}
