using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using Holdfast.Specs.Studio.Accounts;

namespace Holdfast.Specs.Studio.Help;

/// <summary>The troubleshooter through the real pipeline: what happens at the browser, at the server and at TikTok decides what the page says.</summary>
public sealed partial class TroubleSpecs : ConnectingStudio
{
    private const string Ticket = "0123456789abcdef0123456789abcdef";

    [Fact]
    public async Task Each_problem_has_a_page_that_begins_to_check_by_itself()
    {
        var links = (await studio.PageAsync("/help/trouble")).QuerySelectorAll("main a[href^='/help/trouble/']").Select(link => link.GetAttribute("href")!).ToList();

        Assert.Equal(["/help/trouble/popup", "/help/trouble/sign-in", "/help/trouble/authorize", "/help/trouble/disconnects"], links);
        foreach (var link in links)
        {
            var page = await studio.PageAsync(link);
            Assert.Equal(link + "/findings", page.QuerySelector("#trouble")!.GetAttribute("data-findings"));
            Assert.NotNull(page.QuerySelector("script[src*='trouble.js']"));
        }
        await studio.PageAsync("/help/trouble/nothing", 404);
    }

    [Fact]
    public async Task Wherever_connecting_goes_wrong_a_link_leads_to_the_page_for_that_problem()
    {
        Assert.NotEmpty((await studio.PageAsync("/accounts")).QuerySelectorAll("[data-connect-box=blocked] a[href='/help/trouble/popup']"));
        await FailAsync(() => tiktok.Secret = "another one");
        var failed = (await studio.Service<Holdfast.Studio.Accounts.Connect.WindowMarks>().RecentAsync(studio.Workspace.Id, studio.MemberId, 1))[0];
        Assert.NotNull((await studio.PageAsync($"/accounts?attempt={failed.Id}")).QuerySelector("#connect-result a[href='/help/trouble/authorize']"));
        Assert.NotNull((await studio.PageAsync("/connect/refused", 400)).QuerySelector("a[href='/help/trouble/authorize']"));

        tiktok.Secret = FakeTikTok.ClientSecret;
        var id = await RemovedAsync();
        Assert.NotNull((await studio.PageAsync($"/accounts/{id}")).QuerySelector("#account a[href='/help/trouble/disconnects']"));
        using var outside = new HttpClient(new SocketsHttpHandler()) { BaseAddress = studio.Http.BaseAddress };
        Assert.Contains("href=\"/sign-in/trouble\"", await outside.GetStringAsync("/sign-in"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("popup", "script=1&cookies=1&site=1&channel=1&window=works", "none")]
    [InlineData("popup", "script=1&cookies=1&site=1&channel=1&window=blocked", "WindowBlocked")]
    [InlineData("popup", "script=1&cookies=1&site=1&channel=1&window=blank", "WindowBlank")]
    [InlineData("popup", "script=1&cookies=1&site=0&channel=1", "SiteBlockedHere")]
    [InlineData("popup", "script=off", "ScriptOff")]
    [InlineData("sign-in", "script=1&cookies=0&site=1", "CookiesBlocked")]
    [InlineData("sign-in", "script=1&cookies=1&site=1&now=1793490900000", "BrowserClock")]
    [InlineData("sign-in", "script=1&cookies=1&site=1&now=1793491201000", "none")]
    public async Task What_the_browser_tells_about_itself_decides(string problem, string said, string cause) =>
        Assert.Equal(cause, FirstOf(await FindingsAsync(problem, said)));

    [Fact]
    public async Task A_cookie_that_does_not_come_back_counts_whatever_the_browser_says() =>
        Assert.Equal("CookiesBlocked", FirstOf(await FindingsAsync("sign-in", "script=1&cookies=1&site=1", keepsCookie: false)));

    [Fact]
    public async Task A_page_that_stays_open_for_days_or_over_a_cleared_browser_takes_no_cookie_for_refused()
    {
        // Nothing of the page's is left in this browser; what the answer leaves comes back with the next question.
        Assert.Equal("CookiesBlocked", FirstOf(await FindingsAsync("popup", keepsCookie: false)));
        Assert.Equal("none", FirstOf(await FindingsAsync("popup", keepsCookie: false)));

        using var page = await studio.Http.GetAsync("/help/trouble/popup");
        var left = Assert.Single(page.Headers.GetValues("Set-Cookie"), cookie => cookie.Contains("probe", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("expires", left, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("max-age", left, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Only_the_page_that_tries_the_way_to_TikTok_may_call_it()
    {
        Assert.Contains("connect-src 'self' http://localhost:1;", await PolicyAsync("/help/trouble/popup"), StringComparison.Ordinal);
        Assert.Contains("connect-src 'self';", await PolicyAsync("/help/trouble"), StringComparison.Ordinal);
        Assert.Contains("connect-src 'self';", await PolicyAsync("/sign-in/trouble"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TikTok_out_of_the_servers_reach_is_not_the_browsers_fault()
    {
        tiktok.Fault = (_, _, _) => throw new HttpRequestException(HttpRequestError.NameResolutionError, "no such host");

        var findings = await FindingsAsync("popup", "script=1&site=0");

        Assert.Equal("SiteUnreachable", FirstOf(findings));
        Assert.Contains("its name cannot be resolved", findings.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clock_that_differs_from_TikToks_is_told()
    {
        tiktok.Fault = (path, _, _) => Task.FromResult<HttpResponseMessage?>(path == "/" ? At(studio.Clock.GetUtcNow() - TimeSpan.FromMinutes(7)) : null);

        var findings = await FindingsAsync("sign-in");

        Assert.Equal("ServerClock", FirstOf(findings));
        Assert.Contains("7 minutes", findings.QuerySelector(".finding h2")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_secret_is_tried_at_TikTok_and_a_mended_one_is_told_apart()
    {
        await FailAsync(() => tiktok.Secret = "another one");
        Assert.Equal("SecretWrong", FirstOf(await FindingsAsync("authorize")));
        Assert.Equal("SecretWrong", FirstOf(await FindingsAsync("disconnects")));

        tiktok.Secret = FakeTikTok.ClientSecret;

        Assert.Equal("SecretMended", FirstOf(await FindingsAsync("authorize")));
        Assert.Equal("none", FirstOf(await FindingsAsync("disconnects")));
    }

    [Theory]
    [InlineData("error=invalid_request&error_type=redirect_uri", "RedirectNotRegistered")]
    [InlineData("error=unauthorized_client&error_type=client_key&logid=page-1", "AppRefused")]
    [InlineData("error=param_error&errCode=10007&error_type=code_challenge", "ChallengeRefused")]
    [InlineData("error=invalid_scope&error_type=scope", "ScopeNotEnabled")]
    public async Task The_link_itself_is_tried_before_anybody_presses_it(string query, string cause)
    {
        tiktok.Fault = (path, _, _) => Task.FromResult(path == "/v2/auth/authorize/" ? Leads($"/v2/auth/authorize/?{query}") : null);
        Assert.Equal(cause, FirstOf(await FindingsAsync("authorize")));

        tiktok.Fault = (path, _, _) => Task.FromResult(path == "/v2/auth/authorize/" ? Leads("/login?next=x") : null);
        Assert.Equal("none", FirstOf(await FindingsAsync("authorize")));
    }

    [Theory]
    [InlineData("invalid_grant", "CodeExpired")]
    [InlineData("invalid_scope", "ScopeRefused")]
    [InlineData("unauthorized_client", "NotApproved")]
    [InlineData("server_error", "NoAnswer")]
    public async Task What_the_last_exchange_was_told_is_the_answer_with_its_reference(string error, string cause)
    {
        await FailAsync(() => tiktok.Fault = (path, form, _) => Task.FromResult(
            path == "/v2/oauth/token/" && form.GetValueOrDefault("grant_type") == "authorization_code" ? FakeTikTok.OAuthError(error) : null));

        var findings = await FindingsAsync("authorize");

        Assert.Equal(cause, FirstOf(findings));
        Assert.Contains($"log-{error}", findings.QuerySelector(".finding")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_try_that_is_still_out_and_one_that_never_came_back_are_two_things()
    {
        await BeginAsync();
        Assert.Equal("StillOpen", FirstOf(await FindingsAsync("popup")));
        // The key of the specs is a sandbox's.
        Assert.Equal("SandboxAccount", FirstOf(await FindingsAsync("authorize")));

        studio.Clock.Advance(TimeSpan.FromMinutes(31));

        Assert.Equal("NeverCameBack", FirstOf(await FindingsAsync("popup")));
        Assert.Equal("LeftAtSignInHere", FirstOf(await FindingsAsync("sign-in")));
        await ConsentAsync(Ada);
        Assert.Equal("none", FirstOf(await FindingsAsync("popup")));
    }

    [Fact]
    public async Task A_window_that_the_connect_page_saw_blocked_is_known_here()
    {
        using var noted = await studio.PostAsync("/accounts", "/connect/windows", fields: [("ticket", Ticket), ("mark", "blocked")]);

        Assert.Equal("WindowBlocked", FirstOf(await FindingsAsync("popup")));
    }

    [Fact]
    public async Task Another_account_at_TikTok_is_named_with_both_names()
    {
        var id = IdOf(await ConsentAsync(Ada));
        studio.Clock.Advance(TimeSpan.FromSeconds(1)); // the later of the two is the one that counts
        await ConsentAsync(Bruno, $"{Start}?connection={id}");

        var findings = await FindingsAsync("sign-in");

        Assert.Equal("OtherAccount", FirstOf(findings));
        Assert.Contains("Bruno", findings.QuerySelector(".finding")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_ended_leads_to_its_page_with_its_reason_and_reference()
    {
        var id = await RemovedAsync();

        var finding = (await FindingsAsync("disconnects")).QuerySelector(".finding")!;

        Assert.Equal("AccessGone", finding.GetAttribute("data-cause"));
        Assert.Contains("Ada", finding.QuerySelector("h2")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("log-invalid_grant", finding.TextContent, StringComparison.Ordinal);
        Assert.Equal($"/accounts/{id}", finding.QuerySelector("a.button")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Nobody_learns_anything_about_another_workspaces_accounts_and_tries()
    {
        var id = await RemovedAsync();
        await BeginAsync();
        using var stranger = await StrangerAsync();

        foreach (var problem in new[] { "popup", "authorize", "disconnects" })
        {
            var seen = await stranger.GetStringAsync($"/help/trouble/{problem}/findings");
            Assert.DoesNotContain(id, seen, StringComparison.Ordinal);
            Assert.DoesNotContain("Ada", seen, StringComparison.Ordinal);
            Assert.Contains("data-cause=\"none\"", seen, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task No_secret_is_on_the_page_or_in_the_report()
    {
        var id = IdOf(await ConsentAsync(Ada));
        var (access, refresh) = (await TokenAsync(id), await RefreshTokenAsync(id));
        await RemovedAsync(id);

        foreach (var problem in new[] { "popup", "sign-in", "authorize", "disconnects" })
        {
            var html = (await FindingsAsync(problem)).DocumentElement.OuterHtml;
            foreach (var secret in new[] { FakeTikTok.ClientSecret, access, refresh.Reveal(), "clt.specs" })
                Assert.DoesNotContain(secret, html, StringComparison.Ordinal);
        }
    }

    /// <summary>What trouble.js would be told; the page before it leaves the cookie that has to come back.</summary>
    private async Task<AngleSharp.Html.Dom.IHtmlDocument> FindingsAsync(string problem, string said = "script=1&cookies=1&site=1&channel=1", bool keepsCookie = true)
    {
        if (keepsCookie)
            await studio.PageAsync($"/help/trouble/{problem}");
        var page = await studio.PageAsync($"/help/trouble/{problem}/findings?{said}");
        Assert.DoesNotMatch(Unfilled(), page.Body!.TextContent);
        return page;
    }

    private static string FirstOf(IDocument findings) => findings.QuerySelector(".finding[data-certainty=found], .finding[data-certainty=likely], .finding[data-cause=none]")!.GetAttribute("data-cause")!;

    /// <summary>A try whose exchange fails because of what <paramref name="trouble"/> does.</summary>
    private async Task FailAsync(Action trouble)
    {
        var asked = await BeginAsync();
        trouble();
        await CallbackAsync($"?code=x&state={asked["state"]}");
    }

    /// <summary>Ada's access was taken away at TikTok, and a look at her account has found that out.</summary>
    private async Task<string> RemovedAsync(string? id = null)
    {
        id ??= IdOf(await ConsentAsync(Ada));
        tiktok.Remove(Ada);
        using var looked = await studio.PostAsync($"/accounts/{id}", $"/accounts/{id}/look");
        Assert.Equal("needs-sign-in", (await RowAsync(id)).State);
        return id;
    }

    private async Task<string> PolicyAsync(string path)
    {
        using var answer = await studio.Http.GetAsync(path);
        return answer.Headers.GetValues("Content-Security-Policy").Single();
    }

    private static HttpResponseMessage Leads(string target)
    {
        var answer = new HttpResponseMessage(HttpStatusCode.Redirect);
        answer.Headers.Location = new Uri(target, UriKind.Relative);
        return answer;
    }

    private static HttpResponseMessage At(DateTimeOffset now)
    {
        var answer = FakeTikTok.Json(404, "{}");
        answer.Headers.Date = now;
        return answer;
    }

    [GeneratedRegex(@"help\.|\{\d")]
    private static partial Regex Unfilled();
}
