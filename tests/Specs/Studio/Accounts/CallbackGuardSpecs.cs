using System.Net;
using System.Text;
using System.Web;
using Holdfast.Studio.Accounts;

namespace Holdfast.Specs.Studio.Accounts;

/// <summary>Scenario O4 and cases B6 of attack-cases.md: what a callback, a stranger or a thief must not get.</summary>
public sealed class CallbackGuardSpecs : ConnectingStudio
{
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
    public async Task Case_98_an_attackers_code_under_the_victims_state_fails_by_pkce_and_stores_nothing()
    {
        var attacker = await BeginAsync();
        var victim = await BeginAsync();

        var target = await CallbackAsync($"?code={HttpUtility.UrlEncode(tiktok.Consent(Bruno, challenge: attacker["code_challenge"]))}&state={victim["state"]}");

        Assert.Contains("invalid_request", (await studio.PageAsync(target)).QuerySelector("#connect-result")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(await studio.Service<ConnectionStore>().ListAsync(studio.Workspace.Id));
    }

    [Theory]
    [InlineData("&iss=http%3A%2F%2Fevil.example")]
    [InlineData("&iss=")]
    [InlineData("&iss")]
    [InlineData("&iss=http%3A%2F%2Flocalhost%3A1&iss=http%3A%2F%2Flocalhost%3A1")]
    [InlineData("&issuer=http%3A%2F%2Flocalhost%3A1")]
    public async Task Case_100_an_answer_that_does_not_name_the_platform_that_was_asked_is_not_exchanged(string issuer)
    {
        var asked = await BeginAsync();
        Assert.Equal("1", asked["iss"]);

        await CallbackAsync($"?code={HttpUtility.UrlEncode(tiktok.Consent(Ada, challenge: asked["code_challenge"]))}&state={asked["state"]}{issuer}");

        Assert.Equal(0, tiktok.Count("/v2/oauth/token/"));
        Assert.Empty(await studio.Service<ConnectionStore>().ListAsync(studio.Workspace.Id));
    }

    [Theory]
    [InlineData("http://localhost:2", FakeTikTok.ClientKey)]
    [InlineData("http://localhost:1", "sbawanother00001")]
    public async Task Case_100_a_code_of_the_platform_or_app_of_before_is_never_sent_to_the_one_of_now(string address, string key)
    {
        var asked = await BeginAsync();
        await studio.Service<StudioTikTok>().SaveAsync(Holdfast.TikTok.TikTokEndpoints.At(new Uri(address)), new(key, new(FakeTikTok.ClientSecret)));

        var target = await CallbackAsync($"?code={HttpUtility.UrlEncode(tiktok.Consent(Ada, challenge: asked["code_challenge"]))}&state={asked["state"]}");

        Assert.Contains("was changed while you were signing in", (await studio.PageAsync(target)).QuerySelector("#connect-result")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(0, tiktok.Count("/v2/oauth/token/"));
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
        using var answer = await studio.Http.GetAsync($"/connect/tiktok/callback/?code={HttpUtility.UrlEncode(tiktok.Consent(Ada, challenge: asked["code_challenge"]))}&state={asked["state"]}&iss=http%3A%2F%2Flocalhost%3A1");

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

    internal static string Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var copy = new MemoryStream();
        file.CopyTo(copy);
        return Encoding.Latin1.GetString(copy.ToArray());
    }
}
