using System.Net;
using System.Web;
using Holdfast.Studio.Accounts;
using Holdfast.Studio.Accounts.Tokens;

namespace Holdfast.Specs.Studio.Accounts;

/// <summary>Scenarios O of failure-scenarios.md, through the real pipeline.</summary>
public sealed class ConnectSpecs : ConnectingStudio
{
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

        var told = await studio.PageAsync(await ConsentAsync(Bruno, $"{Start}?connection={ada}"));

        Assert.Contains("Another account was signed in", told.QuerySelector("#connect-result")!.TextContent, StringComparison.Ordinal); // and nobody is told to disconnect Bruno
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

        await ConsentAsync(Ada, $"{Start}?connection={id}", FakeTikTok.AllScopes + ",platform.follow.list");
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
}
