using Holdfast.Platform.Developers;
using Holdfast.Shell.Outside;
using Holdfast.Storage;

namespace Holdfast.Platform.Webhooks;

/// <summary>Which addresses belong to whom.</summary>
internal sealed class UrlProperties(OutsideFetch outside)
{
    // What counts for all of somebody's apps counts for those they may act on now. A sandbox has what its app has.
    private static readonly string OfApp = $"""
        select url_property.kind, url_property.value from url_property join app on (url_property.app_id is null or url_property.app_id = app.id or url_property.app_id = app.sandbox_of)
        where app.id = @appId and url_property.verified_at is not null and {AppAccess.IsMine.Replace("@personId", "url_property.owner_id", StringComparison.Ordinal)}
        """;

    /// <summary>Whether the app may have media fetched from there (§5.9); a 403 <c>url_ownership_unverified</c> where not.</summary>
    public async Task<bool> CoversAsync(Session session, string appId, Uri address)
    {
        if (outside.AllowsUnverified)
            return true;
        var known = await session.ListAsync<Row>(OfApp, new { appId });
        return known.Any(property => UrlPropertyRule.Covers(property.Kind, property.Value, address));
    }

    private sealed record Row
    {
        public UrlPropertyKind Kind { get; init; }
        public string Value { get; init; } = "";
    }
}
