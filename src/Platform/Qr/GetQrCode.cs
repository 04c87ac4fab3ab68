using Holdfast.People.Sessions;
using Holdfast.Platform.Api;
using Holdfast.Platform.Authorize;
using Holdfast.Platform.Profiles;
using Holdfast.Platform.Tokens;
using Microsoft.Extensions.Options;

namespace Holdfast.Platform.Qr;

/// <summary><c>POST /v2/oauth/get_qrcode/</c>: an app with its key alone gets a link to draw and a token to poll with.</summary>
internal sealed class GetQrCode(AskingApps apps, QrRequests requests, RateLimits limits, SiteLinks links, IOptions<QrOptions> options)
{
    private const int PerMinute = 60;

    public static Task AnswerAsync(HttpContext http) =>
        OAuthEndpoints.AnswerAsync(http, request => http.RequestServices.GetRequiredService<GetQrCode>().RunAsync(http, request), needsSecret: false);

    private async Task<OAuthAnswer> RunAsync(HttpContext http, OAuthRequest.Readable request)
    {
        if (await apps.FindAsync(request.ClientKey, http.RequestAborted) is not { MayAsk: true } app)
            return OAuthAnswer.Refused(OAuthError.WrongClient);
        var scopes = ScopeList.Split(request.Fields["scope"] ?? "").Distinct(StringComparer.Ordinal).ToList();
        if (QrRule.ProblemWith(app, scopes, request.Fields["state"]) is { } problem)
            return OAuthAnswer.Refused(problem);
        return await MakeAsync(http, app, scopes, request.Fields["state"]) is (_, var link, var token) ? new OAuthAnswer.QrCode(link, token) : OAuthAnswer.Refused(OAuthError.SlowDown);
    }

    /// <summary>Makes one for what <see cref="QrRule.ProblemWith"/> found in order; <c>null</c> when there were too many lately.</summary>
    public async Task<(string Id, string Link, string Token)?> MakeAsync(HttpContext http, AskingApp app, IReadOnlyList<string> scopes, string? state)
    {
        // No secret is asked for, so anybody may make rows: not too many.
        if (!await limits.TryAsync($"qr:{app.Id}:{Network.Of(SessionCookie.Address(http))}", PerMinute, http.RequestAborted))
            return null;
        var redirectUri = QrRule.RedirectUri(app)!; // the rule asked for one
        var (id, token) = await requests.AddAsync(app, scopes, redirectUri, state, SessionCookie.Address(http), http.Request.Headers.UserAgent.ToString(), http.RequestAborted);
        return (id, Link(app.ClientKey, scopes, id), token);
    }

    // The client puts its own ticket where "tobefilled" stands.
    private string Link(string clientKey, IEnumerable<string> scopes, string id) =>
        $"{options.Value.Link ?? links.At("/qr")}?authType=100&client_key={Uri.EscapeDataString(clientKey)}&client_ticket=tobefilled&scope={Uri.EscapeDataString(ScopeList.Join(scopes))}&q={id}";
}
