using Holdfast.Platform.Authorize;
using Holdfast.Platform.Developers;
using Holdfast.Specs.Platform.Authorize;

namespace Holdfast.Specs.Platform.Developers;

public sealed class PortalSpecs
{
    [Theory]
    [InlineData("Web", "https://app.example/cb", null)]
    [InlineData("Web", "https://app.example/", null)]
    [InlineData("Web", "http://app.example/cb", "WebScheme")]
    [InlineData("Web", "https://app.example", "Path")]
    [InlineData("Web", "https://localhost/cb", "WebHost")]
    [InlineData("Web", "https://127.0.0.1/cb", "WebHost")]
    [InlineData("Web", "https://[::1]/cb", "WebHost")]
    [InlineData("Web", "https://2130706433/cb", "WebHost")]
    [InlineData("Web", "https://*.example.com/cb", "WebHost")]
    [InlineData("Web", "https://App.example/cb", "WebHost")]
    [InlineData("Web", "https://app.example./cb", "WebHost")]
    [InlineData("Web", "https://app.example/cb?x=1", "Query")]
    [InlineData("Web", "https://app.example/cb#f", "Fragment")]
    [InlineData("Web", "https://user@app.example/cb", "UserInfo")]
    [InlineData("Web", "https://app.example/*", "Path")]
    [InlineData("Web", "https://app.example/cb/../x", "Path")]
    [InlineData("Web", "https://app.example/%2e%2e/x", "Path")]
    [InlineData("Web", "https://аpp.example/cb", "Characters")]
    [InlineData("Web", "https://app.example\\@evil.example/cb", "Characters")]
    [InlineData("Web", "javascript:alert(1)", "WebScheme")]
    [InlineData("Desktop", "http://localhost:3455/callback/", null)]
    [InlineData("Desktop", "http://127.0.0.1:*/callback/", null)]
    [InlineData("Desktop", "https://127.0.0.1:3455/callback/", null)]
    [InlineData("Desktop", "http://localhost/callback/", "DesktopPort")]
    [InlineData("Desktop", "http://localhost:0/callback/", "DesktopPort")]
    [InlineData("Desktop", "http://localhost:65536/callback/", "DesktopPort")]
    [InlineData("Desktop", "http://127.0.0.1:8*/callback/", "DesktopPort")]
    [InlineData("Desktop", "http://app.example:80/callback/", "DesktopHost")]
    [InlineData("Desktop", "http://127.0.0.2:80/callback/", "DesktopHost")]
    [InlineData("Desktop", "ftp://localhost:80/callback/", "DesktopScheme")]
    [InlineData("Desktop", "http://localhost:3455", "Path")]
    public void A_redirect_uri_is_registered_or_refused_with_its_rule(string platform, string uri, string? problem) =>
        Assert.Equal(problem, RedirectUriRule.ProblemWith(Enum.Parse<RedirectPlatform>(platform), uri)?.ToString());

    [Fact]
    public void A_redirect_uri_has_fewer_than_512_characters_and_a_list_at_most_ten()
    {
        Assert.Equal(RedirectUriProblem.TooLong, RedirectUriRule.ProblemWith(RedirectPlatform.Web, "https://app.example/" + new string('a', 492)));
        Assert.Null(RedirectUriRule.ProblemWith(RedirectPlatform.Web, "https://app.example/" + new string('a', 491)));
        var eleven = Enumerable.Range(0, 11).Select(i => new RegisteredRedirect { Platform = RedirectPlatform.Web, Uri = $"https://app.example/{i}" }).ToList();
        Assert.Equal("redirect.TooMany", NewAppRule.ProblemWith(new NewApp("x", eleven, []))?.Text);
    }

    [Fact]
    public async Task A_developer_creates_an_app_sees_its_secret_once_and_can_make_a_new_one()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        await platform.PersonAsync("dev");
        using var browser = platform.Visitor();
        Assert.StartsWith("/login", (await browser.GetAsync("/developers")).Location, StringComparison.Ordinal);
        using var dev = await Developer.LogInAsync(platform, "dev");

        var portal = await dev.Browser.GetAsync("/developers");
        var refused = await dev.Browser.SubmitAsync(portal, "/developers/apps", ("name", "Kiln"), ("desktop", "http://example.test/"), ("web", ""));
        Assert.Equal(422, refused.Status);
        Assert.Contains("localhost or 127.0.0.1", refused.Text, StringComparison.Ordinal);
        var app = await dev.ConnectAsync(desktop: "http://localhost:*/callback/\r\n");
        Assert.Equal("invalid_grant", (await platform.RenewAsync(app, "rft.x")).Error);

        var link = (await dev.Browser.GetAsync("/developers")).Page.QuerySelector("a[href^='/developers/apps/']")!.GetAttribute("href")!;
        Assert.Equal($"/developers/apps/{app.Id}", link);
        Assert.DoesNotContain(app.ClientSecret, (await dev.Browser.GetAsync(link)).Body, StringComparison.Ordinal);
        var rotated = await dev.RegisteredAsync(await dev.SendAsync(app, "/credentials", "/credentials/rotate", ("overlap", "0")));
        Assert.Equal("invalid_client", (await platform.RenewAsync(app, "rft.x")).Error);
        Assert.Equal("invalid_grant", (await platform.RenewAsync(rotated, "rft.x")).Error);
    }

    [Theory]
    [InlineData("web", "http://app.example/cb", "begins with https://")]
    [InlineData("web", "https://127.0.0.1/cb", "domain name")]
    [InlineData("web", "https://localhost/cb", "domain name")]
    [InlineData("web", "https://app.example/cb?x=1", "no query")]
    [InlineData("web", "https://app.example/cb#f", "no fragment")]
    [InlineData("web", "https://me@app.example/cb", "no user name")]
    [InlineData("web", "https://*.example.com/cb", "domain name")]
    [InlineData("web", "https://app.example/*", "plain path")]
    [InlineData("web", "https://аpp.example/cb", "xn-- form")]
    [InlineData("web", "https://a.example/cb/../x", "plain path")]
    [InlineData("web", "eleven", "at most 10")]
    [InlineData("web", "long", "fewer than 512")]
    [InlineData("ios", "kiln://cb", "Schemes of your own")]
    [InlineData("android", "http://app.example/cb", "begins with https://")]
    public async Task Case_92_a_redirect_uri_that_breaks_a_rule_is_refused_with_that_rule_and_nothing_changes(string list, string uri, string rule)
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        using var dev = await Developer.SignUpAsync(platform, "dev");
        var app = await dev.ConnectAsync();
        uri = uri switch { "eleven" => string.Join('\n', Enumerable.Range(0, 11).Select(number => $"https://app.example/{number}")), "long" => "https://app.example/".PadRight(512, 'a'), _ => uri };

        var refused = await dev.SendAsync(app, "/redirects", "/redirects", ("desktop", "http://127.0.0.1:*/callback/"), (list, uri));

        Assert.Equal(422, refused.Status);
        Assert.Contains(rule, refused.Page.QuerySelector($"#{list}-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(0, await platform.Database.ReadAsync(session => session.FirstAsync<long>("select count(*) from app_draft")));
    }

    [Theory]
    [InlineData("Ios")]
    [InlineData("Android")]
    public async Task A_mobile_redirect_needs_pkce_at_the_authorization_page(string list)
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        using var dev = await Developer.SignUpAsync(platform, "dev");
        var app = await platform.AppAsync("kiln", "https://kiln.example/open/", Enum.Parse<RedirectPlatform>(list));

        Assert.Contains("code_challenge is missing", (await dev.AuthorizeAsync(app, ("redirect_uri", "https://kiln.example/open/"), ("code_challenge", null))).Text, StringComparison.Ordinal);
        var consent = await dev.AuthorizeAsync(app, ("redirect_uri", "https://kiln.example/open/"));
        Assert.Contains(list == "Ios" ? "the iOS app of kiln.example" : "the Android app of kiln.example", consent.Text, StringComparison.Ordinal);
        var code = (await dev.Browser.SubmitAsync(consent, AuthorizePages.Answer, ("decision", "authorize"))).Query["code"];
        Assert.Equal("invalid_request", (await platform.RedeemAsync(app, code, verifier: null, redirect: "https://kiln.example/open/")).Error);
        Assert.True((await platform.RedeemAsync(app, code, redirect: "https://kiln.example/open/")).IsGranted);
    }
}
