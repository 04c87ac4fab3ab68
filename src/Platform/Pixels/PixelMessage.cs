using System.Text.Json;
using Holdfast.Platform.Api;

namespace Holdfast.Platform.Pixels;

/// <summary>What a page sends: <c>{"pixel":…,"event":…,"page":…,"properties":{…}}</c>.</summary>
internal sealed record PixelMessage(string Pixel, string Event, string Page, string Properties)
{
    public const int LargestBody = 4 * 1024;
    private const int LongestName = 40;
    private const int LongestPage = 500;
    private const int LongestProperties = 1024;

    /// <summary>Reads a body; <c>null</c> when it is none of ours. Anybody can send anything here.</summary>
    public static PixelMessage? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 6 });
            return json.RootElement.ValueKind is JsonValueKind.Object ? Read(json.RootElement) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static PixelMessage? Read(JsonElement root)
    {
        var (pixel, name, page) = (root.Text("pixel"), root.Text("event"), root.Text("page"));
        var properties = root.Member("properties") ?? default;
        if (pixel is not { Length: 26 } || !IsName(name) || properties.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Object))
            return null;
        var told = properties.ValueKind is JsonValueKind.Object ? properties.GetRawText() : "";
        // PostgreSQL takes no NUL, however it is written.
        if (told.Length > LongestProperties || told.Contains("\\u0000", StringComparison.Ordinal))
            return null;
        // A page's query is its visitor's business, and may hold what opens something.
        return Uri.TryCreate(page, UriKind.Absolute, out var address) && address is { Scheme: "https" or "http", UserInfo: "" }
            && address.GetLeftPart(UriPartial.Path) is { Length: <= LongestPage } shown && !shown.Contains("%00", StringComparison.Ordinal)
            ? new PixelMessage(pixel, name!, shown, told) // IsName has looked
            : null;
    }

    private static bool IsName(string? name) =>
        name is { Length: > 0 and <= LongestName } && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');
}
