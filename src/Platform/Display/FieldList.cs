using Holdfast.Platform.Api;

namespace Holdfast.Platform.Display;

/// <summary>The <c>fields</c> query parameter: comma-separated, required. Names that mean nothing are passed over: clients in use ask for <c>avatar_url_200</c>.</summary>
internal static class FieldList
{
    /// <summary>The fields asked for that exist, each once; or what is wrong when there is none.</summary>
    public static (IReadOnlyList<string> Fields, ApiError? Problem) Read(HttpRequest request, Func<string, bool> isKnown)
    {
        var asked = request.Query["fields"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var fields = asked.Where(isKnown).Distinct(StringComparer.Ordinal).ToList();
        if (fields.Count > 0)
            return (fields, null);
        return (fields, ApiError.InvalidParams(asked is [var unknown, ..] ? $"Unknown field: {(unknown.Length > 64 ? unknown[..64] : unknown)}." : "Fields is required."));
    }
}
