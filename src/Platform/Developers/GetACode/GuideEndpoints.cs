using System.Text;
using Holdfast.People.Sessions;
using Holdfast.Platform.Authorize;
using Holdfast.Platform.SignIn;
using Holdfast.Platform.Tokens;
using Holdfast.Shell.Guards;
using Holdfast.Shell.Pages;
using Holdfast.Storage;

namespace Holdfast.Platform.Developers.GetACode;

/// <summary><c>/developers/get-a-code</c>: every step from a key to tokens with real values, by links and forms alone.</summary>
internal static class GuideEndpoints
{
    private const string Here = "/developers/get-a-code";

    public static void Map(IEndpointRouteBuilder routes)
    {
        // The button to the authorization URL is a link, but what it opens may leave for an app.
        var guide = routes.MapGroup(Here).WithMetadata(new LeavesByRedirect());
        guide.MapGet("", ShowAsync);
        guide.MapGet("/callback", CallBack);
        guide.MapPost("/exchange", ExchangeAsync);
    }

    private static async Task<IResult> ShowAsync(
        string? client_key, string? again, HttpContext http, GuideCookie cookie, AppRegistry apps, DemoPeople demo, AskingApps asking, Database database, ISecretSource secrets, TimeProvider clock, CancellationToken aborted)
    {
        var offered = await OfferedAsync(http, apps, demo, aborted);
        var state = cookie.Read(http);
        var wanted = client_key ?? state?.ClientKey;
        if ((offered.FirstOrDefault(app => app.ClientKey == wanted) ?? (offered.Count > 0 ? offered[0] : null)) is not { } app)
            return Page.Show<NoAppPage>();

        if (state is null || again is not null || state.ClientKey != app.ClientKey)
            state = GuideState.Begin(app.ClientKey, secrets);
        if (http.Request.Query.ContainsKey("choose"))
            state = GuideState.Begin(app.ClientKey, secrets) with { Scopes = [.. KnownScopes.All.Where(scope => KnownScopes.IsRequired(scope) || http.Request.Query["scope"].Contains(scope))] };
        cookie.Write(http, state);
        return Page.Show<GuidePage>(new { Guide = await GuideAsync(http, offered, app, state, asking, database, clock, aborted) });
    }

    /// <summary>Takes the code out of the address bar at once, as every callback should.</summary>
    private static IResult CallBack(HttpContext http, GuideCookie cookie)
    {
        if (cookie.Read(http) is { } state)
        {
            var forged = http.Request.Query["state"] != state.State;
            cookie.Write(http, state with
            {
                Callback = http.Request.QueryString.Value,
                Code = forged ? null : (string?)http.Request.Query["code"],
                Error = (string?)http.Request.Query["error"],
                IsForged = forged,
            });
        }
        return Results.LocalRedirect(Here + "#answer");
    }

    private static async Task<IResult> ExchangeAsync(
        IFormCollection form, HttpContext http, GuideCookie cookie, AppRegistry apps, DemoPeople demo, AskingApps asking, ExchangeCode exchange, RecentExchanges recent, Database database, TimeProvider clock, CancellationToken aborted)
    {
        var arrival = recent.Arrive();
        var offered = await OfferedAsync(http, apps, demo, aborted);
        if (cookie.Read(http) is not { Code: { } code } state || offered.FirstOrDefault(app => app.ClientKey == state.ClientKey) is not { } app)
            return Results.LocalRedirect(Here);

        // What the command beside the button sends, read by the same code.
        var fields = $"code={Uri.EscapeDataString(code)}&redirect_uri={Uri.EscapeDataString(RedirectUri(http))}&code_verifier={state.Verifier}";
        var secret = app.IsDemo ? DemoContent.ClientSecret : form["client_secret"].ToString();
        var answer = await exchange.RunAsync(new(FormFields.Read(Encoding.UTF8.GetBytes(fields))!, app.ClientKey, secret), arrival); // escaped just above
        var guide = await GuideAsync(http, offered, app, state, asking, database, clock, aborted);
        return Page.Show<GuidePage>(new { Guide = guide with { Answer = answer.Show(http) } });
    }

    public static async Task<IReadOnlyList<OwnedApp>> OfferedAsync(HttpContext http, AppRegistry apps, DemoPeople demo, CancellationToken aborted)
    {
        var own = http.User.IdOrNull() is { } person ? await apps.ListAsync(person, aborted) : [];
        return demo.AreOffered && await apps.FindDemoAsync(aborted) is { } shared && own.All(app => app.Id != shared.Id) ? [.. own, shared] : own;
    }

    private static async Task<Guide> GuideAsync(
        HttpContext http, IReadOnlyList<OwnedApp> offered, OwnedApp app, GuideState state, AskingApps asking, Database database, TimeProvider clock, CancellationToken aborted)
    {
        var registered = await asking.FindAsync(app.ClientKey, aborted);
        var code = state.Code is null ? null : await database.ReadAsync(session => session.FirstAsync<CodeLife>(
            "select expires_at, redeemed_at from authorization_code where digest = @digest", new { digest = TokenText.Digest(state.Code) }), aborted);
        return new Guide
        {
            Apps = offered,
            State = state,
            RedirectUri = RedirectUri(http),
            Origin = Origin(http),
            IsRegistered = registered is not null && RedirectMatch.Find(registered.Redirects, RedirectUri(http)) is not null,
            Secret = app.IsDemo ? DemoContent.ClientSecret : null,
            Now = clock.GetUtcNow(),
            CodeEndsAt = code?.ExpiresAt,
            IsCodeSpent = code?.RedeemedAt is not null,
        };
    }

    private static string Origin(HttpContext http) => $"{http.Request.Scheme}://{http.Request.Host}";

    private static string RedirectUri(HttpContext http) => $"{Origin(http)}{Here}/callback/";

    private sealed record CodeLife
    {
        public DateTimeOffset ExpiresAt { get; init; }
        public DateTimeOffset? RedeemedAt { get; init; }
    }
}
