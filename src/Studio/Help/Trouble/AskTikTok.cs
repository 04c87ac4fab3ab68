using System.Net;
using System.Web;
using Holdfast.Domain.Trouble;
using Holdfast.Shell.Hosting;
using Holdfast.Shell.Sealing;
using Holdfast.Storage;
using Holdfast.Studio.Accounts;
using Holdfast.Studio.Accounts.Connect;
using Holdfast.TikTok;
using Holdfast.TikTok.OAuth;

namespace Holdfast.Studio.Help.Trouble;

/// <summary>Asks TikTok what only TikTok knows: whether it answers, what time it has, whether it takes our key and secret, and what it says to the link we send people to.</summary>
/// <remarks>Nothing of anybody's changes by it: a client token opens no account and is thrown away, and the page is asked as somebody who is not signed in.</remarks>
internal sealed class AskTikTok(StudioTikTok tiktok, TikTokWire wire, ISecretSource secrets, AppOptions options, TimeProvider clock)
{
    /// <summary>Somebody waits for the answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);

    private readonly HttpClient http = TikTokHttp.CreateClient(wire.Handler);

    public async Task<TikTokFacts> RunAsync(CancellationToken aborted)
    {
        var redirectUri = StudioApp.ConnectRedirectUri(options);
        try
        {
            if (await tiktok.FindAsync(aborted) is not { } app)
                return new TikTokFacts { App = AppState.None, RedirectUri = redirectUri };
            using var limit = new CancellationTokenSource(Patience, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, aborted);
            var (reach, keys, page) = (ReachAsync(app, either.Token), KeysAsync(app, either.Token), PageAsync(app, redirectUri, either.Token));
            await Task.WhenAll(reach, keys, page);
            aborted.ThrowIfCancellationRequested();
            return new TikTokFacts
            {
                App = AppState.Ready,
                Site = app.Client.Endpoints.Authorize.GetLeftPart(UriPartial.Authority),
                IsTikTok = app.Client.Endpoints.IsTikTok,
                Reach = (await reach).Reach,
                ClockAhead = (await reach).ClockAhead,
                Keys = (await keys).Keys,
                Page = (await page).Page,
                LogId = (await keys).LogId ?? (await page).LogId,
                IsSandbox = app.Credentials.ClientKey.StartsWith("sb", StringComparison.Ordinal),
                RedirectUri = redirectUri,
                IsRedirectUnfit = RedirectUriRule.Check(redirectUri).Any(RedirectUriRule.IsFatal),
            };
        }
        catch (SealedSecretException closed)
        {
            return new TikTokFacts { App = closed.Problem is SealProblem.KeyMissing ? AppState.KeyMissing : AppState.SecretDamaged, RedirectUri = redirectUri };
        }
    }

    /// <summary>Any answer will do: its <c>Date</c> tells TikTok's time to the second.</summary>
    private async Task<(Reach Reach, TimeSpan? ClockAhead)> ReachAsync(TikTokApp app, CancellationToken limit)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(app.Client.Endpoints.Api, "/"));
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit);
            return (Reach.Answers, clock.GetUtcNow() - answer.Headers.Date);
        }
        catch (HttpRequestException failure)
        {
            return (failure.HttpRequestError switch
            {
                HttpRequestError.NameResolutionError => Reach.NoName,
                HttpRequestError.SecureConnectionError => Reach.NoTls,
                _ => Reach.NoConnection,
            }, null);
        }
        catch (OperationCanceledException)
        {
            return (Reach.TimedOut, null);
        }
    }

    /// <summary>A token of the app itself: granted only to the right pair, and good for nothing of anybody's.</summary>
    private static async Task<(KeyCheck Keys, string? LogId)> KeysAsync(TikTokApp app, CancellationToken limit)
    {
        try
        {
            return await app.Client.Tokens.ClientTokenAsync(app.Credentials, limit) switch
            {
                ClientTokenOutcome.Granted => (KeyCheck.Right, null),
                ClientTokenOutcome.AppProblem({ Error: "invalid_client" } error) => (KeyCheck.Wrong, error.LogId),
                // Known well enough to be told that it may not do this.
                ClientTokenOutcome.AppProblem({ Error: "unauthorized_client" or "invalid_scope" }) => (KeyCheck.Right, null),
                _ => (KeyCheck.Unknown, null),
            };
        }
        catch (OperationCanceledException)
        {
            return (KeyCheck.Unknown, null);
        }
    }

    /// <summary>The very link that <em>Connect</em> leads to, with a state that nobody is waiting for.</summary>
    private async Task<(PageCheck Page, string? LogId)> PageAsync(TikTokApp app, string redirectUri, CancellationToken limit)
    {
        var pkce = Pkce.StyleFor(redirectUri) is PkceStyle.Hex ? Pkce.Create(secrets.Bytes(48)) : null;
        var link = new AuthorizationRequest(app.Credentials.ClientKey, StartConnect.ScopesFor(app.Client.Endpoints), redirectUri, Convert.ToHexStringLower(secrets.Bytes(16))) { Pkce = pkce, DisableAutoAuth = true };
        try
        {
            using var answer = await http.GetAsync(link.ToUrl(app.Client.Endpoints), HttpCompletionOption.ResponseHeadersRead, limit);
            if (answer.StatusCode is not (HttpStatusCode.Redirect or HttpStatusCode.SeeOther) || answer.Headers.Location is not { } target)
                return (PageCheck.Unknown, null);
            var query = HttpUtility.ParseQueryString(new Uri(app.Client.Endpoints.Authorize, target).Query);
            return (Judge(query["error"], query["error_type"], query["errCode"], target.OriginalString), query["logid"]);
        }
        catch (Exception silence) when (silence is HttpRequestException or OperationCanceledException or UriFormatException)
        {
            return (PageCheck.Unknown, null);
        }
    }

    /// <summary>Where the page sends a stranger: to sign in, or to its error page (tiktok-v2 §1.6).</summary>
    private static PageCheck Judge(string? error, string? type, string? number, string target) => (error, type, number) switch
    {
        (null, null, null) => target.Contains("/login", StringComparison.Ordinal) ? PageCheck.Accepts : PageCheck.Unknown,
        (_, "redirect_uri", _) => PageCheck.RefusesRedirect,
        (_, "code_challenge" or "code_challenge_method", _) or (_, _, "10007" or "10008") => PageCheck.RefusesChallenge,
        (_, "scope", _) => PageCheck.RefusesScope,
        (_, "client_key", _) or ("unauthorized_client", _, _) => PageCheck.RefusesKey,
        _ => PageCheck.Unknown,
    };
}
