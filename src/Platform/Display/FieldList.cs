using Holdfast.Platform.Api;

namespace Holdfast.Platform.Display;

/// <summary>The <c>fields</c> query parameter: comma-separated, required. Names that mean nothing are passed over: clients in use ask for <c>avatar_url_200</c>.</summary>
internal static class FieldList
{
    /// <summary>The fields asked for that exist, each once; or what is wrong. Unknown ones are left out, since clients in use ask for some that are long gone (docs/decisions/0011).</summary>
    public static (IReadOnlyList<string> Fields, ApiError? Problem) Read(HttpRequest request, Func<string, bool> isKnown)
    {
        var asked = request.Query["fields"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal).ToList();
        if (asked.Count == 0)
            return ([], ApiError.InvalidParams("Fields is required."));
        var fields = asked.Where(isKnown).ToList();
        return fields.Count == 0 ? (fields, ApiError.InvalidParams("None of the fields exists.")) : (fields, null);
    }
}
