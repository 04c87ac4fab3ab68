namespace Holdfast.Platform.Developers.GetACode;

/// <summary>The commands the guide gives to take along.</summary>
internal static class Commands
{
    public static string Exchange(Guide guide) => Form(guide, "/v2/oauth/token/",
        ("grant_type", "authorization_code"), ("code", guide.State.Code ?? "CODE"), ("redirect_uri", guide.RedirectUri), ("code_verifier", guide.State.Verifier));

    public static string Renew(Guide guide) => Form(guide, "/v2/oauth/token/", ("grant_type", "refresh_token"), ("refresh_token", "rft.…"));

    public static string Profile(Guide guide) =>
        $"curl '{guide.Origin}/v2/user/info/?fields=open_id,display_name,avatar_url' \\\n  --header 'Authorization: Bearer act.…'";

    /// <summary>A form as curl posts it.</summary>
    public static string Form(string origin, string path, params (string Name, string Value)[] fields) =>
        $"curl '{origin}{path}' \\\n" + string.Join(" \\\n", fields.Select(field => $"  --data-urlencode '{field.Name}={field.Value}'"));

    private static string Form(Guide guide, string path, params (string Name, string Value)[] fields) =>
        Form(guide.Origin, path, [("client_key", guide.State.ClientKey), ("client_secret", guide.Secret ?? "YOUR_CLIENT_SECRET"), .. fields]);
}
