using System.Text.Json;

namespace Holdfast.Platform.Api;

/// <summary>Reads JSON bodies by hand: unknown members are ignored (§0), wrong types are told, and nothing throws.</summary>
internal static class ApiBody
{
    /// <summary>The body as an object; an empty body is an empty object. <c>null</c> when it is anything else.</summary>
    public static async Task<JsonElement?> ReadAsync(HttpRequest request)
    {
        if (request.ContentLength == 0 || (request.ContentLength is null && request.Headers.TransferEncoding.Count == 0))
            return Empty;
        try
        {
            using var document = await JsonDocument.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A member that is there and not <c>null</c>.</summary>
    public static JsonElement? Member(this JsonElement body, string name)
    {
        try
        {
            return body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var found) && found.ValueKind != JsonValueKind.Null ? found : null;
        }
        catch (InvalidOperationException)
        {
            return null; // half a surrogate pair in the name of a member, met on the way to ours
        }
    }

    /// <summary>A whole number; <c>null</c> when it is missing or something else.</summary>
    public static long? Whole(this JsonElement body, string name) =>
        body.Member(name) is { ValueKind: JsonValueKind.Number } found && found.TryGetInt64(out var number) ? number : null;

    /// <summary>A text; <c>null</c> when it is missing, something else, or holds what no database takes: NUL or half a surrogate pair.</summary>
    public static string? Text(this JsonElement body, string name) => body.Member(name)?.Text();

    /// <inheritdoc cref="Text(JsonElement, string)"/>
    public static string? Text(this JsonElement found)
    {
        if (found.ValueKind != JsonValueKind.String)
            return null;
        try
        {
            return found.GetString() is { } text && !text.Contains('\0', StringComparison.Ordinal) ? text : null;
        }
        catch (InvalidOperationException)
        {
            return null; // the half pair
        }
    }

    private static JsonElement Empty { get; } = JsonElement.Parse("{}");
}
