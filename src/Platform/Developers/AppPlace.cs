namespace Holdfast.Platform.Developers;

/// <summary>The pages of one app, in the order of their tabs. Their words stand in Texts.json under <c>developers.tab.…</c>.</summary>
public enum AppPlace { Details, Products, Redirects, Credentials, Sandboxes, Review, Webhooks, Requests, Audit }

internal static class AppPlaces
{
    /// <summary>The address of a page: <c>/developers/apps/{id}/credentials</c>; Details is the app's own.</summary>
    public static string PathOf(this AppPlace place, string appId) => $"/developers/apps/{appId}" + (place is AppPlace.Details ? "" : "/" + place.ToString().ToLowerInvariant());
}
