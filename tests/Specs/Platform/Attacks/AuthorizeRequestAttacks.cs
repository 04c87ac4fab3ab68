namespace Holdfast.Specs.Platform.Attacks;

/// <summary>B1, cases 13–23: what an authorization request says twice, wrongly, or for somebody else.</summary>
public sealed class AuthorizeRequestAttacks
{
    private const string Evil = "https%3A%2F%2Fevil.example%2F";

    [Fact]
    public async Task Case_13_and_14_a_parameter_sent_twice_is_refused_whatever_the_order()
    {
        await using var victim = await Victim.OpenAsync();
        var good = victim.Request();
        foreach (var name in (string[])["redirect_uri", "state", "client_key", "scope", "code_challenge", "response_type"])
        {
            Assert.Contains("error=invalid_request", await victim.StaysAsync($"{good}&{name}={Evil}"), StringComparison.Ordinal);
            Assert.Contains("error=invalid_request", await victim.StaysAsync(good.Replace("?", $"?{name}={Evil}&", StringComparison.Ordinal)), StringComparison.Ordinal);
            // Encoded differently, it is still the same name.
            Assert.Contains("error=invalid_request", await victim.StaysAsync($"{good}&%{(int)name[0]:x2}{name[1..]}={Evil}"), StringComparison.Ordinal);
        }
    }

    // Precedence: an extra client_id is ignored, because real clients send it; a duplicate is not.
    [Fact]
    public async Task Case_15_names_that_another_parser_would_read_as_ours_are_refused_and_client_id_is_ignored()
    {
        await using var victim = await Victim.OpenAsync();
        foreach (var extra in (string[])[$"redirect_uri[]={Evil}", $"redirect_uri%5B%5D={Evil}", $"scope[0]=video.publish", $"redirect_uri%00={Evil}", $"redirect_uri%00.x={Evil}"])
            Assert.DoesNotContain("error_type=redirect_uri", await victim.StaysAsync($"{victim.Request()}&{extra}"), StringComparison.Ordinal);

        var posted = await victim.Browser.PostAsync(victim.Request(), ("client_key", "sbawother"));
        Assert.Equal((405, "GET"), (posted.Status, string.Join(", ", posted.Answer.Content.Headers.Allow)));
        Assert.Empty(await victim.CodesAsync());

        Assert.Contains("?code=", (await victim.Browser.GetAsync($"{victim.Request()}&client_id=other")).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case_16_an_unknown_disabled_or_deleted_app_redirects_nowhere()
    {
        await using var victim = await Victim.OpenAsync();
        Assert.Contains("error=unauthorized_client", await victim.StaysAsync(victim.Request(("client_key", "sbawnobody"))), StringComparison.Ordinal);
        Assert.Contains("error=unauthorized_client", await victim.StaysAsync(victim.Request(("client_key", null))), StringComparison.Ordinal);

        await victim.Platform.Database.WriteAsync(session => session.RunAsync("update app set disabled_at = 1"));
        Assert.Contains("error=unauthorized_client", await victim.StaysAsync(victim.Request()), StringComparison.Ordinal);
        Assert.Contains("error=unauthorized_client", await victim.StaysAsync(victim.Request(("redirect_uri", "https://evil.example/"))), StringComparison.Ordinal);

        await victim.Platform.Database.WriteAsync(session => session.RunAsync("delete from app"));
        Assert.Contains("error=unauthorized_client", await victim.StaysAsync(victim.Request()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case_17_a_bad_request_with_a_good_address_is_not_bounced_to_it()
    {
        await using var victim = await Victim.OpenAsync();
        await victim.Platform.Database.WriteAsync(session => session.RunAsync("delete from app_scope where scope = 'video.publish'"));

        Assert.Contains("error_type=client_key", await victim.StaysAsync(victim.Request()), StringComparison.Ordinal);
        Assert.Contains("error=unsupported_response_type", await victim.StaysAsync(victim.Request(("response_type", "x"))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case_18_there_is_no_response_type_but_code()
    {
        await using var victim = await Victim.OpenAsync();
        foreach (var type in (string?[])["token", "id_token", "code token", "code id_token", "", "CODE", " code", "none", null])
            Assert.Contains("error=unsupported_response_type", await victim.StaysAsync(victim.Request(("response_type", type))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case_19_whatever_response_mode_says_the_code_travels_in_the_query()
    {
        await using var victim = await Victim.OpenAsync();
        foreach (var mode in (string[])["fragment", "form_post", "web_message", "query.jwt"])
        {
            var answer = await victim.Browser.GetAsync(victim.Request(("response_mode", mode)));
            Assert.StartsWith(PlatformUnderTest.Redirect + "?code=", answer.Location, StringComparison.Ordinal);
            Assert.DoesNotContain('#', answer.Location!);
        }
    }

    // Precedence: a challenge without a method counts as S256, because TikTok's own SDKs send none (§1.7).
    [Fact]
    public async Task Case_20_there_is_no_challenge_method_but_S256()
    {
        await using var victim = await Victim.OpenAsync();
        foreach (var method in (string[])["plain", "s256", "none", "S512", "S256 ", ""])
            Assert.Contains("errCode=10008", await victim.StaysAsync(victim.Request(("code_challenge_method", method))), StringComparison.Ordinal);
    }

    // Precedence: Web takes hex or base64url, Desktop hex; a base64url challenge passes here and fails at the token endpoint, as at TikTok (§9, quirk 4).
    // 64 hexadecimal and 43 base64url characters never collide, and upper-case hex is the same digest (§10.2).
    [Fact]
    public async Task Case_21_a_challenge_is_64_hexadecimal_or_43_base64url_characters_and_nothing_near_it()
    {
        const string hex = PlatformUnderTest.Challenge, base64Url = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
        await using var victim = await Victim.OpenAsync();
        foreach (var challenge in (string[])[base64Url[1..], base64Url + "A", base64Url[1..] + "=", base64Url[1..] + "+", base64Url[1..] + "/", hex[1..], hex + "0", hex[1..] + "g", hex[1..] + "０", " " + hex[1..]])
            Assert.Contains("errCode=10007", await victim.StaysAsync(victim.Request(("code_challenge", challenge))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case_21_a_base64url_challenge_of_a_desktop_app_buys_nothing()
    {
        await using var victim = await Victim.OpenAsync();

        var answer = await victim.Browser.GetAsync(victim.Request(("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")));

        Assert.Equal("invalid_request", (await victim.Platform.RedeemAsync(victim.App, answer.Query["code"])).Error);
    }

    [Fact]
    public async Task Case_22_a_desktop_app_without_a_challenge_is_refused()
    {
        await using var victim = await Victim.OpenAsync();
        foreach (var challenge in (string?[])[null, ""])
            Assert.Contains("error=param_error&errCode=10007&error_type=code_challenge", await victim.StaysAsync(victim.Request(("code_challenge", challenge))), StringComparison.Ordinal);
    }

    // Precedence: the words are TikTok's (§1.6): unauthorized_client for a scope that is unknown or not enabled, invalid_scope for a malformed list.
    [Fact]
    public async Task Case_23_scopes_are_never_widened_and_a_strange_list_is_refused()
    {
        await using var victim = await Victim.OpenAsync();
        await victim.Platform.Database.WriteAsync(session => session.RunAsync("delete from app_scope where scope = 'user.info.stats'"));
        foreach (var scope in (string[])
        [
            "user.info.basic,user.info.stats", "user.info.basic,made.up", "", "user.info.basic,,video.list", ",", "user.info.basic video.list", "\"user.info.basic\"",
            "<script>alert(1)</script>", "user.info.basic,*", string.Join(',', Enumerable.Repeat("user.info.basic", 60)),
        ])
        {
            Assert.Matches("^error=(unauthorized_client|invalid_scope)&", await victim.StaysAsync(victim.Request(("scope", scope))));
        }

        var answer = await victim.Browser.GetAsync(victim.Request(("scope", "video.list")));
        Assert.Equal("video.list", answer.Query["scopes"]);
    }
}
