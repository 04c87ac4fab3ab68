using Holdfast.Platform.Api;

namespace Holdfast.Platform.Display;

/// <summary>The <c>fields</c> query parameter: comma-separated, required.</summary>
internal static class FieldList
{
    /// <summary>The fields asked for, each once; or what is wrong with them.</summary>
    public static (IReadOnlyList<string> Fields, ApiError? Problem) Read(HttpRequest request, Func<string, bool> isKnown)
    {
        var fields = request.Query["fields"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal).ToList();
        if (fields.Count == 0)
            return (fields, ApiError.InvalidParams("Fields is required."));
        return fields.Find(field => !isKnown(field)) is { } unknown
            ? (fields, ApiError.InvalidParams($"Unknown field: {(unknown.Length > 64 ? unknown[..64] : unknown)}."))
            : (fields, null);
    }
}
