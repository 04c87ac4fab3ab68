using Holdfast.Specs.Platform.Authorize;

namespace Holdfast.Specs.Platform.Attacks;

/// <summary>B1, cases 24–30: the authorization endpoint as HTTP.</summary>
public sealed class AuthorizeWireAttacks
{
    [Fact]
    public async Task Case_24_requests_beyond_every_measure_are_refused_at_once_and_cost_no_memory()
    {
        await using var victim = await Victim.OpenAsync();
        var (server, good) = (victim.Platform.Http.BaseAddress!, victim.Request(("state", null)));
        string Get(string target, string headers = "") => $"GET {target} HTTP/1.1\r\nHost: {server.Authority}\r\n{headers}\r\n";
        (string Request, int[] Allowed)[] cases =
        [
            (Get($"{good}&state={new string('s', 100_000)}"), [414]),
            (Get($"{good}&x={new string('x', 1_000_000)}"), [414]),
            (Get(good + string.Concat(Enumerable.Repeat("&a=1", 5_000))), [414]),
            (Get($"{good}&{string.Join('&', Enumerable.Range(0, 1_000).Select(i => $"a{i}="))}"), [302]),
            (Get(good, $"Cookie: hf_platform_session={new string('c', 100_000)}\r\n"), [431]),
            (Get(good, string.Concat(Enumerable.Range(0, 500).Select(i => $"X-{i}: 1\r\n"))), [431]),
        ];
        var before = GC.GetTotalMemory(forceFullCollection: true);

        foreach (var (request, allowed) in cases)
        {
            var started = TestClock.System.GetTimestamp();
            var answer = await RawRequest.SendAsync(server, request);
            Assert.Contains(answer.Status, allowed);
            Assert.DoesNotContain("?code=", answer.Text, StringComparison.Ordinal);
            // A refused connection is closed within the second; the one answered with a redirect stays open and is only silent.
            if (answer.IsClosed)
                Assert.True(TestClock.System.GetElapsedTime(started) < TimeSpan.FromSeconds(Volume.IsFull ? 1 : 5), request[..60]);
        }

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 64_000_000);
    }

    // Precedence: the error page at the authorize URL stands for "400"; what the server cannot read as a request line at all is a bare 400.
    [Fact]
    public async Task Case_25_text_that_is_not_utf8_or_not_escaped_is_refused()
    {
        await using var victim = await Victim.OpenAsync();
        foreach (var broken in (string[])["&x=%FF", "&x=%C0%AF", "&x=%ED%A0%80", "&x=%", "&x=%4", "&x=%zz", "&%FF=x"])
        {
            var answer = await RawRequest.SendAsync(victim.Platform.Http.BaseAddress!, $"GET {victim.Request()}{broken} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            Assert.True(answer.Status is 400 || answer.Text.Contains("Location: /v2/auth/authorize/?error=invalid_request&error_type=request", StringComparison.Ordinal), answer.Text);
        }
    }

    [Fact]
    public async Task Case_25_what_is_encoded_twice_is_decoded_once_for_the_check_and_for_the_use()
    {
        await using var victim = await Victim.OpenAsync();
        await victim.StaysAsync(victim.Request(("redirect_uri", Uri.EscapeDataString(PlatformUnderTest.Redirect))));

        var answer = await victim.Browser.GetAsync(victim.Request(("state", "%41%2541")));
        Assert.Equal("%41%2541", answer.Query["state"]);

        var raw = await RawRequest.SendAsync(victim.Platform.Http.BaseAddress!, $"GET {victim.Request()}&x=\u00ff HTTP/1.1\r\nHost: localhost\r\n\r\n");
        Assert.Equal((400, true), (raw.Status, raw.IsClosed));
    }

    [Fact]
    public async Task Case_26_state_comes_back_byte_by_byte_and_is_never_shown()
    {
        const string state = "<script>alert(1)</script>\"'\r\nSet-Cookie: a=b\t&é €+%41\u2028";
        await using var victim = await Victim.OpenAsync();
        await victim.StaysAsync(victim.Request(("state", "<script>alert(1)</script>" + new string('x', 5_000))));

        var consent = await victim.Browser.OpenAsync(victim.Request(("state", state), ("disable_auto_auth", "1")));
        var granted = await victim.Browser.SubmitAsync(consent, AuthorizePages.Answer, ("decision", "authorize"));
        var again = await victim.Browser.OpenAsync(victim.Request(("state", state), ("disable_auto_auth", "1")));
        var cancelled = await victim.Browser.SubmitAsync(again, AuthorizePages.Answer, ("decision", "cancel"));

        Assert.DoesNotContain("alert(1)", consent.Page.DocumentElement.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", consent.Body, StringComparison.Ordinal);
        Assert.Equal((state, state), (granted.Query["state"], cancelled.Query["state"]));
        Assert.All(granted.Location! + cancelled.Location, c => Assert.InRange(c, '!', '~'));
        Assert.False(granted.Answer.Headers.TryGetValues("Set-Cookie", out var cookies) && cookies.Any(cookie => cookie.StartsWith("a=", StringComparison.Ordinal)));
    }

    // A POST that a foreign page sends is stopped by the cross-site guard (403) before routing's 405 is looked at.
    [Fact]
    public async Task Case_27_only_get_is_served_and_no_other_origin_may_read()
    {
        await using var victim = await Victim.OpenAsync();
        foreach (var method in (string[])["PUT", "HEAD", "OPTIONS", "TRACE", "POST", "DELETE", "PATCH"])
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), victim.Request());
            request.Headers.Add("Origin", "https://evil.example");
            request.Headers.Add("Access-Control-Request-Method", "GET");
            using var answer = await victim.Platform.Http.SendAsync(request);
            Assert.Contains((int)answer.StatusCode, method is "HEAD" or "OPTIONS" ? [405] : (int[])[405, 403]);
            Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
        }
        using var plain = new HttpRequestMessage(HttpMethod.Put, victim.Request());
        using var refused = await victim.Platform.Http.SendAsync(plain);
        Assert.Equal((405, "GET"), ((int)refused.StatusCode, string.Join(", ", refused.Content.Headers.Allow)));
    }

    // Precedence (design rule 11, §8): pages inside an authorization request leave form-action out; everything else of the case holds.
    [Fact]
    public async Task Case_28_sign_in_consent_and_redirect_are_not_kept_framed_or_told_on()
    {
        await using var victim = await Victim.OpenAsync();
        using var stranger = victim.Platform.Visitor();
        var answers = new[]
        {
            await stranger.GetAsync(victim.Request()), await stranger.OpenAsync(victim.Request()), await victim.Browser.GetAsync(victim.Request()),
            await victim.Browser.OpenAsync(victim.Request(("disable_auto_auth", "1"))), await victim.Browser.OpenAsync(victim.Request(("state", new string('x', 5_000)))),
        };

        Assert.All(answers, visit =>
        {
            string Header(string name) => visit.Answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : "";
            Assert.True(visit.Answer.Headers.CacheControl?.NoStore);
            Assert.Equal(("no-referrer", "DENY", "nosniff", "same-origin"), (Header("Referrer-Policy"), Header("X-Frame-Options"), Header("X-Content-Type-Options"), Header("Cross-Origin-Opener-Policy")));
            Assert.Contains("frame-ancestors 'none'", Header("Content-Security-Policy"), StringComparison.Ordinal);
            Assert.StartsWith("default-src 'none'", Header("Content-Security-Policy"), StringComparison.Ordinal);
            Assert.Empty(visit.Page.QuerySelectorAll("[src^='http'], link[href^='http'], [src^='//'], link[href^='//'], script:not([src]), style"));
        });
    }

    [Fact]
    public async Task Case_29_after_a_form_the_browser_never_posts_again()
    {
        await using var victim = await Victim.OpenAsync();
        using var browser = victim.Platform.Visitor();

        var login = await browser.LogInAsync("ada", next: victim.Request());
        var consent = await browser.OpenAsync(victim.Request(("disable_auto_auth", "1")));
        var done = await browser.SubmitAsync(consent, AuthorizePages.Answer, ("decision", "authorize"));
        var silent = await browser.GetAsync(victim.Request());

        Assert.Equal((303, 303, 302), (login.Status, done.Status, silent.Status));
    }

    // Own extension: an app asks with iss=1 and gets this Platform's address in every answer; TikTok sends none, so nobody else does.
    [Fact]
    public async Task Case_30_an_app_that_asks_learns_which_server_answered()
    {
        await using var victim = await Victim.OpenAsync();
        var issuer = victim.Platform.Http.BaseAddress!.GetLeftPart(UriPartial.Authority);

        var silent = await victim.Browser.GetAsync(victim.Request(("iss", "1")));
        var granted = await victim.Browser.SubmitAsync(await victim.Browser.OpenAsync(victim.Request(("iss", "1"), ("disable_auto_auth", "1"))), AuthorizePages.Answer, ("decision", "authorize"));
        var cancelled = await victim.Browser.SubmitAsync(await victim.Browser.OpenAsync(victim.Request(("iss", "1"), ("disable_auto_auth", "1"))), AuthorizePages.Answer, ("decision", "cancel"));
        var unasked = await victim.Browser.GetAsync(victim.Request());

        Assert.All(new[] { silent, granted, cancelled }, visit => Assert.Equal(issuer, visit.Query["iss"]));
        Assert.Equal("access_denied", cancelled.Query["error"]);
        Assert.DoesNotContain("iss=", unasked.Location, StringComparison.Ordinal);
    }
}
