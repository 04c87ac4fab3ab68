using System.Net;
using System.Text;
using System.Web;
using Holdfast.People.Sessions;
using Holdfast.Studio.Accounts;
using Holdfast.Studio.Accounts.Tokens;
using Holdfast.TikTok;

namespace Holdfast.Specs.Studio.Accounts;

/// <summary>Scenarios O of failure-scenarios.md and cases B6 of attack-cases.md, through the real pipeline.</summary>
public sealed class ConnectSpecs : IAsyncLifetime
{
    private const string Start = "/connect/tiktok/";

    private static readonly FakeAccount Ada = new("open-ada", "Ada");
    private static readonly FakeAccount Bruno = new("open-bruno-2", "Bruno");

    private readonly Listener heard = new();
    private SignedInStudio studio = null!; // made before every test
    private FakeTikTok tiktok = null!; // made before every test

    public async ValueTask InitializeAsync()
    {
        studio = await SignedInStudio.StartAsync(DateTimeOffset.FromUnixTimeSeconds(1_793_491_200), configure: builder =>
        {
            builder.Services.AddSingleton(services => new TikTokWire(tiktok = new FakeTikTok(services.GetRequiredService<TimeProvider>())));
            builder.Services.AddSingleton<IConnectionListener>(heard);
        });
        await studio.Service<StudioTikTok>().SaveAsync(TikTokEndpoints.At(new Uri("http://localhost:1")), new ClientCredentials(FakeTikTok.ClientKey, new ClientSecret(FakeTikTok.ClientSecret)));
    }

    public ValueTask DisposeAsync() => studio.DisposeAsync();

    [Fact]
    public async Task The_link_leads_to_tiktok_with_hex_pkce_a_fresh_state_and_our_redirect_uri()
    {
        var (one, other) = (await BeginAsync(), await BeginAsync());

        Assert.Equal(FakeTikTok.ClientKey, one["client_key"]);
        Assert.EndsWith("/connect/tiktok/callback/", one["redirect_uri"], StringComparison.Ordinal);
        Assert.Matches("^[0-9a-f]{64}$", one["code_challenge"]);
        Assert.NotEqual(one["state"], other["state"]);
        Assert.NotEqual(one["code_challenge"], other["code_challenge"]);
    }

    [Fact]
    public async Task A_consent_becomes_a_connection_that_shows_everything_at_once()
    {
        var target = await ConsentAsync(Ada);

        var page = await studio.PageAsync(target);
        var text = page.Body!.TextContent;
        Assert.Contains("Ada", page.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("live", page.QuerySelector("[data-state]")!.GetAttribute("data-state"));
        Assert.Contains("1,284", text, StringComparison.Ordinal);
        Assert.Contains("9,630", text, StringComparison.Ordinal);
        Assert.Contains("A vase by Ada", text, StringComparison.Ordinal);
        Assert.Contains("Publish videos", text, StringComparison.Ordinal);
        foreach (var picture in page.QuerySelectorAll("img"))
        {
            using var answer = await studio.Http.GetAsync(picture.GetAttribute("src"));
            Assert.Equal("image/png", answer.Content.Headers.ContentType?.MediaType);
        }
        Assert.Contains("Ada", (await studio.PageAsync("/accounts")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task O1_reconnecting_with_another_account_is_refused_with_both_names_and_changes_nothing()
    {
        var id = IdOf(await ConsentAsync(Ada));
        var before = await RowAsync(id);
        var stored = await TokenAsync(id);

        var target = await ConsentAsync(Bruno, $"{Start}?connection={id}");

        var notice = (await studio.PageAsync(target)).QuerySelector("#connect-result")!.TextContent;
        Assert.Contains("Ada", notice, StringComparison.Ordinal);
        Assert.Contains("Bruno", notice, StringComparison.Ordinal);
        Assert.Equal((before.State, before.OpenId, before.GrantedAt), ((await RowAsync(id)).State, (await RowAsync(id)).OpenId, (await RowAsync(id)).GrantedAt));
        Assert.Equal(stored, await TokenAsync(id));
        Assert.Equal(1, tiktok.Count("/v2/oauth/revoke/"));
        Assert.True(tiktok.IsAlive(stored));
    }

    [Fact]
    public async Task O1_the_fresh_access_of_an_account_that_is_in_use_here_is_not_revoked()
    {
        var ada = IdOf(await ConsentAsync(Ada));
        var bruno = IdOf(await ConsentAsync(Bruno));

        await ConsentAsync(Bruno, $"{Start}?connection={ada}");

        Assert.Equal(0, tiktok.Count("/v2/oauth/revoke/"));
        Assert.True(tiktok.IsAlive(await TokenAsync(bruno)));
    }

    [Fact]
    public async Task O2_a_permission_left_out_turns_off_only_what_needs_it_and_one_button_grants_the_rest()
    {
        var target = await ConsentAsync(Ada, scopes: "user.info.basic,user.info.stats,video.publish");
        var id = IdOf(target);

        var page = await studio.PageAsync("/accounts");
        Assert.Contains("Public videos", page.QuerySelector("#accounts .notice")!.TextContent, StringComparison.Ordinal);
        Assert.Equal($"{Start}?connection={id}", page.QuerySelector("#accounts .notice a[data-connect]")!.GetAttribute("href"));
        Assert.Equal("live", (await RowAsync(id)).State);
        Assert.Equal(0, tiktok.Count("/v2/video/list/"));

        await ConsentAsync(Ada, $"{Start}?connection={id}");
        Assert.Null((await studio.PageAsync("/accounts")).QuerySelector("#accounts .notice"));
    }

    [Fact]
    public async Task O3_cancel_comes_back_with_a_plain_message_and_makes_nothing()
    {
        var asked = await BeginAsync();

        var target = await CallbackAsync($"?error=access_denied&error_type=permission_denied&state={asked["state"]}");

        Assert.Equal("cancelled", (await studio.PageAsync(target)).QuerySelector("#connect-result")!.GetAttribute("data-connect-status"));
        Assert.Equal(0, tiktok.Count("/v2/oauth/token/"));
        Assert.Empty(await studio.Service<ConnectionStore>().ListAsync(studio.Workspace.Id));
    }

    [Theory]
    [InlineData("?code=x")]
    [InlineData("?code=x&state=")]
    [InlineData("?code=x&state=made-up")]
    [InlineData("?error=access_denied&error_description=<script>alert(1)</script>&state=made-up")]
    [InlineData("?code=x&state=a&state=b")]
    public async Task O4_97_102_a_callback_with_a_state_that_is_not_ours_asks_tiktok_nothing(string query)
    {
        await BeginAsync();

        var target = await CallbackAsync(query);

        var page = await studio.PageAsync(target, 400);
        Assert.StartsWith("/connect/refused", target, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("script:not([src])"));
        Assert.Equal(0, tiktok.Count("/v2/oauth/token/"));
    }

    [Fact]
    public async Task O4_99_a_sign_in_begun_in_another_session_is_refused_even_for_the_same_person()
    {
        var asked = await BeginAsync();
        using var other = await OtherSessionAsync();

        using var answer = await other.GetAsync($"/connect/tiktok/callback/?code={HttpUtility.UrlEncode(tiktok.Consent(Ada, challenge: asked["code_challenge"]))}&state={asked["state"]}");

        Assert.Equal("/connect/refused?why=not-ours", answer.Headers.Location?.OriginalString);
        Assert.Equal(0, tiktok.Count("/v2/oauth/token/"));
    }

    [Fact]
    public async Task O4_a_state_that_is_too_old_is_refused()
    {
        var asked = await BeginAsync();
        studio.Clock.Advance(TimeSpan.FromMinutes(31));

        Assert.Equal("/connect/refused?why=too-late", await CallbackAsync($"?code=x&state={asked["state"]}"));
        Assert.Equal(0, tiktok.Count("/v2/oauth/token/"));
    }

    [Fact]
    public async Task O5_the_callback_loaded_twice_shows_the_same_success_and_exchanges_once()
    {
        var asked = await BeginAsync();
        var query = $"?code={HttpUtility.UrlEncode(tiktok.Consent(Ada, challenge: asked["code_challenge"]))}&state={asked["state"]}";

        var first = await CallbackAsync(query);
        var second = await CallbackAsync(query);

        Assert.Equal(first, second);
        Assert.Equal(1, tiktok.Count("/v2/oauth/token/", "authorization_code"));
    }

    [Fact]
    public async Task O6_the_window_says_how_it_went_and_the_waiting_page_learns_it_by_its_ticket()
    {
        const string Ticket = "0123456789abcdef0123456789abcdef";
        var asked = await BeginAsync($"{Start}?ticket={Ticket}");
        Assert.Contains("\"waiting\"", await studio.Http.GetStringAsync($"/connect/tickets/{Ticket}"), StringComparison.Ordinal);

        var target = await CallbackAsync($"?code={HttpUtility.UrlEncode(tiktok.Consent(Ada, challenge: asked["code_challenge"]))}&state={asked["state"]}");

        Assert.StartsWith("/connect/attempts/", target, StringComparison.Ordinal);
        var result = (await studio.PageAsync(target)).QuerySelector("[data-connect-result]")!;
        Assert.Equal(Ticket, result.GetAttribute("data-connect-result"));
        Assert.StartsWith("/accounts/", result.GetAttribute("data-href"), StringComparison.Ordinal);
        Assert.Contains(result.GetAttribute("data-href")!, await studio.Http.GetStringAsync($"/connect/tickets/{Ticket}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task O6_a_cancelled_wait_leaves_nothing_for_a_late_answer_to_complete()
    {
        const string Ticket = "0123456789abcdef0123456789abcdef";
        var asked = await BeginAsync($"{Start}?ticket={Ticket}");

        using var cancelled = await studio.PostAsync("/accounts", "/connect/cancel", fields: ("ticket", Ticket));
        await CallbackAsync($"?code={HttpUtility.UrlEncode(tiktok.Consent(Ada))}&state={asked["state"]}");

        Assert.Equal(HttpStatusCode.Redirect, cancelled.StatusCode);
        Assert.Equal(0, tiktok.Count("/v2/oauth/token/"));
    }

    [Fact]
    public async Task O7_two_windows_that_connect_the_same_account_at_once_make_one_connection()
    {
        var targets = await Task.WhenAll(ConsentAsync(Ada), ConsentAsync(Ada), ConsentAsync(Ada));

        Assert.Single(targets.Select(IdOf).Distinct());
        var row = Assert.Single(await studio.Service<ConnectionStore>().ListAsync(studio.Workspace.Id));
        Assert.True(tiktok.IsAlive(await TokenAsync(row.Id)));
    }

    [Fact]
    public async Task O8_an_exchange_refused_with_status_200_shows_tiktoks_word_and_log_id()
    {
        var asked = await BeginAsync();
        tiktok.Fault = (path, _, _) => Task.FromResult(path == "/v2/oauth/token/" ? FakeTikTok.OAuthError("invalid_grant", 200) : null);

        var target = await CallbackAsync($"?code=x&state={asked["state"]}");

        var notice = (await studio.PageAsync(target)).QuerySelector("#connect-result")!.TextContent;
        Assert.Contains("invalid_grant", notice, StringComparison.Ordinal);
        Assert.Contains("log-invalid_grant", notice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task O12_signing_in_again_tells_what_waits_in_the_same_transaction()
    {
        var id = IdOf(await ConsentAsync(Ada));
        tiktok.Remove(Ada);
        using var looked = await studio.PostAsync($"/accounts/{id}", $"/accounts/{id}/look");
        Assert.Equal(["ended NeedsSignIn"], heard.Heard);
        var trouble = (await studio.PageAsync("/accounts")).QuerySelector($"#account-{id} .notice")!;
        Assert.Contains("Needs sign-in: access was removed on", trouble.TextContent, StringComparison.Ordinal);
        Assert.Contains("log-invalid_grant", trouble.TextContent, StringComparison.Ordinal);

        await ConsentAsync(Ada, trouble.QuerySelector("a[data-connect]")!.GetAttribute("href")!);

        Assert.Equal(["ended NeedsSignIn", "live again"], heard.Heard);
        Assert.Equal("live", (await RowAsync(id)).State);
    }

    [Fact]
    public async Task Case_98_an_attackers_code_under_the_victims_state_fails_by_pkce_and_stores_nothing()
    {
        var attacker = await BeginAsync();
        var victim = await BeginAsync();

        var target = await CallbackAsync($"?code={HttpUtility.UrlEncode(tiktok.Consent(Bruno, challenge: attacker["code_challenge"]))}&state={victim["state"]}");

        Assert.Contains("invalid_request", (await studio.PageAsync(target)).QuerySelector("#connect-result")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(await studio.Service<ConnectionStore>().ListAsync(studio.Workspace.Id));
    }

    [Theory]
    [InlineData("<html>hello</html>", 200)]
    [InlineData("""{"access_token":"act.x","open_id":"open-ada","expires_in":1e400,"refresh_token":"rft.x","scope":"user.info.basic"}""", 200)]
    [InlineData("""{"access_token":"act.x","open_id":"open-ada","expires_in":86400,"scope":"user.info.basic","token_type":"Bearer"}""", 200)]
    [InlineData("", 307)]
    public async Task Case_103_a_hostile_token_answer_makes_no_connection(string body, int status)
    {
        var asked = await BeginAsync();
        tiktok.Fault = (path, _, _) => Task.FromResult(path == "/v2/oauth/token/" ? FakeTikTok.Json(status, body) : null);

        var target = await CallbackAsync($"?code=x&state={asked["state"]}");

        Assert.Equal("failed", (await studio.PageAsync(target)).QuerySelector("#connect-result")!.GetAttribute("data-connect-status"));
        Assert.Empty(await studio.Service<ConnectionStore>().ListAsync(studio.Workspace.Id));
    }

    [Fact]
    public async Task Case_109_the_callback_answers_with_a_redirect_that_carries_no_code()
    {
        var asked = await BeginAsync();
        using var answer = await studio.Http.GetAsync($"/connect/tiktok/callback/?code={HttpUtility.UrlEncode(tiktok.Consent(Ada, challenge: asked["code_challenge"]))}&state={asked["state"]}");

        Assert.DoesNotContain("code", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
    }

    [Fact]
    public async Task Another_site_cannot_begin_a_connection_in_a_members_name()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Start);
        studio.Http.DefaultRequestHeaders.Remove("Sec-Fetch-Site");
        request.Headers.Add("Sec-Fetch-Site", "cross-site");

        using var answer = await studio.Http.SendAsync(request);

        Assert.Equal("/accounts", answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Disconnect_gives_the_access_back_and_forgets_the_tokens()
    {
        var id = IdOf(await ConsentAsync(Ada));
        var token = await TokenAsync(id);

        using var answer = await studio.PostAsync($"/accounts/{id}", $"/accounts/{id}/disconnect");

        Assert.Equal($"/accounts?disconnected={id}", answer.Headers.Location?.OriginalString);
        Assert.False(tiktok.IsAlive(token));
        Assert.Equal("disconnected", (await RowAsync(id)).State);
        Assert.Null(await studio.Database.ReadAsync(session => TokenPair.SealedRefreshAsync(session, id)));
        Assert.Equal(["ended Disconnected"], heard.Heard);
    }

    [Fact]
    public async Task Another_workspace_sees_nothing_of_a_connection()
    {
        var id = IdOf(await ConsentAsync(Ada));
        using var stranger = await StrangerAsync();

        foreach (var path in new[] { $"/accounts/{id}", $"/accounts/{id}/avatar", $"/accounts/{id}/disconnect", $"{Start}?connection={id}" })
        {
            using var answer = await stranger.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Case_107_no_token_secret_or_verifier_stands_in_the_database_files()
    {
        var id = IdOf(await ConsentAsync(Ada));
        await BeginAsync();
        var secrets = tiktok.Calls.SelectMany(call => call.Form).Where(pair => pair.Key is "code_verifier" or "client_secret").Select(pair => pair.Value)
            .Append(await TokenAsync(id)).Append((await RefreshTokenAsync(id)).Reveal()).Distinct().ToList();
        await studio.Database.WriteAsync(session => session.RunAsync("update connection set fence = fence + 0"));

        var files = Directory.EnumerateFiles(studio.Folder, "*.db*", SearchOption.AllDirectories).Select(Read).ToList();

        Assert.NotEmpty(files);
        Assert.Equal(4, secrets.Count);
        Assert.All(secrets, secret => Assert.All(files, file => Assert.DoesNotContain(secret, file, StringComparison.Ordinal)));
    }

    private static string Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var copy = new MemoryStream();
        file.CopyTo(copy);
        return Encoding.Latin1.GetString(copy.ToArray());
    }

    /// <summary>Presses the link; the answer is what TikTok is asked.</summary>
    private async Task<Dictionary<string, string>> BeginAsync(string link = Start)
    {
        using var answer = await studio.Http.GetAsync(link);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var query = HttpUtility.ParseQueryString(answer.Headers.Location!.Query);
        return query.AllKeys.ToDictionary(key => key!, key => query[key]!);
    }

    /// <summary>TikTok's redirect back; the answer is where we send the browser.</summary>
    private async Task<string> CallbackAsync(string query)
    {
        using var answer = await studio.Http.GetAsync($"/connect/tiktok/callback/{query}");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer.Headers.Location!.OriginalString;
    }

    private async Task<string> ConsentAsync(FakeAccount account, string link = Start, string scopes = FakeTikTok.AllScopes)
    {
        var asked = await BeginAsync(link);
        return await CallbackAsync($"?code={HttpUtility.UrlEncode(tiktok.Consent(account, scopes, asked["code_challenge"]))}&scopes={HttpUtility.UrlEncode(scopes)}&state={asked["state"]}");
    }

    private static string IdOf(string target) => target.Split('/', '?')[2];

    private async Task<ConnectionRow> RowAsync(string id) => (await studio.Service<ConnectionStore>().FindAsync(studio.Workspace.Id, id))!;

    private async Task<string> TokenAsync(string id) =>
        Assert.IsType<AccessTokenAnswer.Usable>(await studio.Service<AccessTokens>().ForAsync(studio.Workspace.Id, id)).Token.Reveal();

    private async Task<RefreshToken> RefreshTokenAsync(string id)
    {
        var closed = await studio.Database.ReadAsync(session => TokenPair.SealedRefreshAsync(session, id));
        return studio.Service<TokenPair>().OpenRefresh(closed!, id);
    }

    private Task<HttpClient> OtherSessionAsync() => SignedInAsync(studio.MemberId);

    private async Task<HttpClient> StrangerAsync()
    {
        var stranger = ((Holdfast.People.SignUpResult.Added)await studio.Service<Holdfast.People.PeopleStore>().SignUpAsync(new("stranger", "correct horse"))).Person;
        await studio.Service<Holdfast.Studio.Workspaces.WorkspaceStore>().AddAsync("Elsewhere", "Europe/Berlin", stranger.Id);
        return await SignedInAsync(stranger.Id);
    }

    private async Task<HttpClient> SignedInAsync(string personId)
    {
        var session = await studio.Service<SessionStore>().BeginAsync(personId, "specs", "::1");
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = studio.Http.BaseAddress };
        http.DefaultRequestHeaders.Add("Cookie", $"{Holdfast.Studio.StudioApp.Identity.Cookie("session", https: false)}={session}");
        return http;
    }
}
