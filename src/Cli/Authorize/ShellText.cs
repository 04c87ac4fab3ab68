using Holdfast.TikTok;

namespace Holdfast.Cli.Authorize;

/// <summary>Commands to paste into a shell.</summary>
internal static class ShellText
{
    public static string Quote(string text) => "'" + text.Replace("'", @"'\''", StringComparison.Ordinal) + "'";

    public static string Exchange(TikTokEndpoints endpoints, AuthorizeApp app, string code, string redirectUri, string? verifier)
    {
        List<string> lines =
        [
            $"curl -sS -X POST {Quote(new Uri(endpoints.Api, "/v2/oauth/token/").AbsoluteUri)}",
            $"  --data-urlencode {Quote("client_key=" + app.Credentials.ClientKey)}",
            $"  --data-urlencode client_secret={app.SecretForShell}",
            "  --data-urlencode grant_type=authorization_code",
            $"  --data-urlencode {Quote("code=" + code)}",
            $"  --data-urlencode {Quote("redirect_uri=" + redirectUri)}",
        ];
        if (verifier is not null)
            lines.Add($"  --data-urlencode {Quote("code_verifier=" + verifier)}");
        return string.Join(" \\\n", lines);
    }

    public static string Renew(TikTokEndpoints endpoints, AuthorizeApp app, string refreshToken) => string.Join(
        " \\\n",
        $"curl -sS -X POST {Quote(new Uri(endpoints.Api, "/v2/oauth/token/").AbsoluteUri)}",
        $"  --data-urlencode {Quote("client_key=" + app.Credentials.ClientKey)}",
        $"  --data-urlencode client_secret={app.SecretForShell}",
        "  --data-urlencode grant_type=refresh_token",
        $"  --data-urlencode {Quote("refresh_token=" + refreshToken)}");

    public static string Profile(TikTokEndpoints endpoints, string accessToken, IReadOnlyList<string> fields) =>
        $"curl -sS -H {Quote("Authorization: Bearer " + accessToken)} \\\n  {Quote(new Uri(endpoints.Api, "/v2/user/info/?fields=" + string.Join(',', fields)).AbsoluteUri)}";
}
