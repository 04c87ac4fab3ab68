using Holdfast.TikTok;

namespace Holdfast.Cli.Authorize;

/// <summary>Commands to paste into a shell.</summary>
internal static class ShellText
{
    private const string NextLine = " \\\n  ";

    public static string Quote(string text) => "'" + text.Replace("'", @"'\''", StringComparison.Ordinal) + "'";

    public static string Exchange(TikTokEndpoints endpoints, AuthorizeApp app, string code, string redirectUri, string? verifier)
    {
        List<(string, string)> form = [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirectUri)];
        if (verifier is not null)
            form.Add(("code_verifier", verifier));
        return TokenRequest(endpoints, app, form);
    }

    public static string Renew(TikTokEndpoints endpoints, AuthorizeApp app, string refreshToken) =>
        TokenRequest(endpoints, app, [("grant_type", "refresh_token"), ("refresh_token", refreshToken)]);

    public static string Profile(TikTokEndpoints endpoints, string accessToken, IReadOnlyList<string> fields) =>
        $"curl -sS -H {Quote("Authorization: Bearer " + accessToken)}{NextLine}{Quote(new Uri(endpoints.Api, "/v2/user/info/?fields=" + string.Join(',', fields)).AbsoluteUri)}";

    private static string TokenRequest(TikTokEndpoints endpoints, AuthorizeApp app, IEnumerable<(string Name, string Value)> form) => string.Join(
        NextLine,
        [
            $"{Given(app)}curl -sS -X POST {Quote(new Uri(endpoints.Api, "/v2/oauth/token/").AbsoluteUri)}",
            Field("client_key", app.Credentials.ClientKey),
            app.IsDemo ? Field("client_secret", app.Credentials.ClientSecret.Reveal()) : "--data-urlencode client_secret@-",
            .. form.Select(field => Field(field.Name, field.Value)),
        ]);

    // Through a pipe: curl's arguments are for everybody on the machine to read. Where the secret was typed, the shell says which variable it misses.
    private static string Given(AuthorizeApp app) =>
        app.IsDemo ? "" : $"printf %s \"${{{AuthorizeApp.SecretVariable}:?has to hold the client secret}}\" | ";

    private static string Field(string name, string value) => $"--data-urlencode {Quote($"{name}={value}")}";
}
