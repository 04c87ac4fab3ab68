using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Web;

namespace Holdfast.Specs.Studio.Accounts;

/// <summary>TikTok at the edge of the process: speaks the wire as the specification writes it, rotates refresh tokens, and misbehaves on request.</summary>
internal sealed class FakeTikTok(TimeProvider clock) : HttpMessageHandler
{
    public const string ClientKey = "sbawspecs0000001";
    public const string ClientSecret = "specs-secret-0123456789";
    public const string AllScopes = "user.info.basic,user.info.profile,user.info.stats,video.list,video.publish,video.upload";

    private readonly Lock gate = new();
    private readonly Dictionary<string, Issued> tokens = [];
    private readonly Dictionary<string, (FakeAccount Account, string Scopes, string? Challenge)> codes = [];
    private int issued;

    /// <summary>Every call, oldest first: path and decoded form.</summary>
    public List<(string Path, Dictionary<string, string> Form)> Calls { get; } = [];

    /// <summary>Stands in for an answer; <c>null</c> lets the normal one through.</summary>
    public Func<string, Dictionary<string, string>, Func<HttpResponseMessage>, Task<HttpResponseMessage?>>? Fault { get; set; }

    public TimeSpan AccessLifetime { get; set; } = TimeSpan.FromHours(24);

    public TimeSpan RefreshLifetime { get; set; } = TimeSpan.FromDays(365);

    /// <summary>The old refresh token stays good after a renewal, as some servers have it.</summary>
    public bool HonoursRepeatedRefresh { get; set; }

    /// <summary>The app that is known here.</summary>
    public string Key { get; set; } = ClientKey;

    public string Secret { get; set; } = ClientSecret;

    /// <summary>What phones do with QR codes.</summary>
    public FakeQr Qr { get; } = new();

    public int Count(string path, string? grantType = null)
    {
        lock (gate)
            return Calls.Count(call => call.Path == path && (grantType is null || call.Form.GetValueOrDefault("grant_type") == grantType));
    }

    public int Renewals => Count("/v2/oauth/token/", "refresh_token");

    /// <summary>The person agreed: a code as the redirect carries it.</summary>
    public string Consent(FakeAccount account, string scopes = AllScopes, string? challenge = null)
    {
        lock (gate)
        {
            var code = $"code{++issued}*0!{account.OpenId}";
            codes[code] = (account, scopes, challenge);
            return code;
        }
    }

    /// <summary>The person removed the app: every token of the account is dead.</summary>
    public void Remove(FakeAccount account)
    {
        lock (gate)
        {
            foreach (var token in tokens.Where(token => token.Value.Account == account).Select(token => token.Key).ToList())
                tokens.Remove(token);
        }
    }

    /// <summary>Only the access tokens stop working, before their time.</summary>
    public void DropAccessTokens()
    {
        lock (gate)
        {
            foreach (var token in tokens.Where(token => !token.Value.IsRefresh).Select(token => token.Key).ToList())
                tokens.Remove(token);
        }
    }

    public bool IsAlive(string token)
    {
        lock (gate)
            return tokens.ContainsKey(token);
    }

    public static HttpResponseMessage Json(int status, string body) =>
        new((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    public static HttpResponseMessage OAuthError(string error, int status = 400) =>
        Json(status, $$"""{"error":"{{error}}","error_description":"In TikTok's words.","log_id":"log-{{error}}"}""");

    public static HttpResponseMessage ApiError(string code, int status) =>
        Json(status, $$$"""{"data":{},"error":{"code":"{{{code}}}","message":"","log_id":"log-{{{code}}}"}}""");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        var form = new Dictionary<string, string>();
        if (request.Content?.Headers.ContentType?.MediaType == "application/x-www-form-urlencoded")
        {
            var parsed = HttpUtility.ParseQueryString(await request.Content.ReadAsStringAsync(cancellationToken));
            foreach (var key in parsed.AllKeys)
                form[key!] = parsed[key]!;
        }
        lock (gate)
            Calls.Add((path, form));

        HttpResponseMessage Normal()
        {
            lock (gate)
                return Answer(path, form, request.Headers.Authorization?.Parameter);
        }

        return Fault is { } fault && await fault(path, form, Normal) is { } instead ? instead : Normal();
    }

    private HttpResponseMessage Answer(string path, Dictionary<string, string> form, string? bearer) => path switch
    {
        "/v2/oauth/token/" or "/v2/oauth/revoke/" or "/v2/oauth/check_qrcode/" when form.GetValueOrDefault("client_key") != Key || form.GetValueOrDefault("client_secret") != Secret => OAuthError("invalid_client", 401),
        "/v2/oauth/get_qrcode/" => Qr.Make(form),
        "/v2/oauth/check_qrcode/" => Qr.Check(form),
        "/v2/oauth/token/" when form["grant_type"] == "authorization_code" => Exchange(form),
        "/v2/oauth/token/" when form["grant_type"] == "client_credentials" => Json(200, """{"access_token":"clt.specs","expires_in":7200,"token_type":"Bearer"}"""),
        "/v2/oauth/token/" => Refresh(form["refresh_token"]),
        "/v2/oauth/revoke/" => Revoke(form["token"]),
        "/v2/user/info/" => Of(bearer) is { } found ? UserInfo(found.Account, found.Scopes) : ApiError("access_token_invalid", 401),
        "/v2/video/list/" => Of(bearer) is { } found ? Videos(found.Account) : ApiError("access_token_invalid", 401),
        "/avatar.png" or "/cover.png" => new HttpResponseMessage { Content = new ByteArrayContent([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 1]) },
        _ => Json(404, "{}"),
    };

    private HttpResponseMessage Exchange(Dictionary<string, string> form)
    {
        if (!codes.Remove(form["code"], out var code))
            return OAuthError("invalid_grant");
        if (code.Challenge is { } challenge && (!form.TryGetValue("code_verifier", out var verifier)
            || Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.ASCII.GetBytes(verifier))) != challenge))
        {
            return OAuthError("invalid_request");
        }
        return Grant(code.Account, code.Scopes);
    }

    private HttpResponseMessage Refresh(string token)
    {
        if (!tokens.TryGetValue(token, out var found) || !found.IsRefresh || found.EndsAt <= clock.GetUtcNow())
            return OAuthError("invalid_grant");
        if (!HonoursRepeatedRefresh)
            tokens.Remove(token);
        return Grant(found.Account, found.Scopes);
    }

    private HttpResponseMessage Grant(FakeAccount account, string scopes)
    {
        var (access, refresh) = ($"act.{++issued}.{account.OpenId}", $"rft.{issued}.{account.OpenId}");
        tokens[access] = new(account, scopes, false, clock.GetUtcNow() + AccessLifetime);
        tokens[refresh] = new(account, scopes, true, clock.GetUtcNow() + RefreshLifetime);
        return Json(200, JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["access_token"] = access,
            ["expires_in"] = (long)AccessLifetime.TotalSeconds,
            ["open_id"] = account.OpenId,
            ["refresh_expires_in"] = (long)RefreshLifetime.TotalSeconds,
            ["refresh_token"] = refresh,
            ["scope"] = scopes,
            ["token_type"] = "Bearer",
            ["log_id"] = $"log-ok-{issued}",
        }));
    }

    private HttpResponseMessage Revoke(string token)
    {
        if (tokens.TryGetValue(token, out var found))
            Remove(found.Account);
        return Json(200, "{}");
    }

    private static HttpResponseMessage UserInfo(FakeAccount account, string scopes)
    {
        var user = new Dictionary<string, object>
        {
            ["open_id"] = account.OpenId,
            ["display_name"] = account.Name,
            ["avatar_url"] = "http://localhost:1/avatar.png",
        };
        if (scopes.Contains("user.info.profile", StringComparison.Ordinal))
            user["username"] = account.Name.ToLowerInvariant();
        if (scopes.Contains("user.info.stats", StringComparison.Ordinal))
            (user["follower_count"], user["likes_count"], user["video_count"]) = (1284, 9630, 2);
        return Json(200, JsonSerializer.Serialize(new { data = new { user }, error = new { code = "ok", message = "", log_id = "log-user" } }));
    }

    private static HttpResponseMessage Videos(FakeAccount account) => Json(200, JsonSerializer.Serialize(new
    {
        data = new { videos = new[] { new { id = $"7{account.OpenId.Length}1", title = $"A vase by {account.Name}", cover_image_url = "http://localhost:1/cover.png", create_time = 1_700_000_000, view_count = 12 } }, cursor = 0, has_more = false },
        error = new { code = "ok", message = "", log_id = "log-videos" },
    }));

    private Issued? Of(string? bearer) => bearer is not null && tokens.TryGetValue(bearer, out var found) && !found.IsRefresh && found.EndsAt > clock.GetUtcNow() ? found : null;

    private sealed record Issued(FakeAccount Account, string Scopes, bool IsRefresh, DateTimeOffset EndsAt);
}

internal sealed record FakeAccount(string OpenId, string Name)
{
    public static FakeAccount Number(int number) => new($"open-{number.ToString(CultureInfo.InvariantCulture)}", $"Potter {number}");
}
