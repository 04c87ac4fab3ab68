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
        await browser.LogInAsync("dev");

        var portal = await browser.GetAsync("/developers");
        var refused = await browser.SubmitAsync(portal, "/developers/apps", ("name", "Kiln"), ("desktop", "http://example.test/"), ("web", ""));
        Assert.Equal(422, refused.Status);
        Assert.Contains("localhost or 127.0.0.1", refused.Text, StringComparison.Ordinal);
        var created = await browser.SubmitAsync(portal, "/developers/apps", ("name", "Kiln"), ("desktop", "http://localhost:*/callback/\r\n"), ("web", ""), ("scope", "video.list"));
        var (key, secret) = (created.Page.QuerySelector("#client-key")!.TextContent, created.Page.QuerySelector("#client-secret")!.TextContent);
        var app = new RegisteredApp("", key, secret);
        Assert.Equal("invalid_grant", (await platform.RenewAsync(app, "rft.x")).Error);

        var link = (await browser.GetAsync("/developers")).Page.QuerySelector("a[href^='/developers/apps/']")!.GetAttribute("href")!;
        var detail = await browser.GetAsync(link);
        Assert.DoesNotContain(secret, detail.Body, StringComparison.Ordinal);
        var rotated = await browser.SubmitAsync(detail, link + "/secret");
        Assert.Equal("invalid_client", (await platform.RenewAsync(app, "rft.x")).Error);
        Assert.Equal("invalid_grant", (await platform.RenewAsync(app with { ClientSecret = rotated.Page.QuerySelector("#client-secret")!.TextContent }, "rft.x")).Error);

        var saved = await browser.SubmitAsync(detail, link, ("name", "Kiln 2"), ("desktop", "http://localhost:1234/cb/"), ("web", ""));
        Assert.Equal(303, saved.Status);
        Assert.Contains("http://localhost:1234/cb/", (await browser.GetAsync(link)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_developers_app_is_not_there()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var app = await platform.AppAsync();
        await platform.PersonAsync("mallory");
        using var browser = platform.Visitor();
        await browser.LogInAsync("mallory");
        var own = await browser.GetAsync("/developers");
        await browser.SubmitAsync(own, "/developers/apps", ("name", "Own"), ("desktop", "http://localhost:*/callback/"), ("web", ""));
        var link = (await browser.GetAsync("/developers")).Page.QuerySelector("a[href^='/developers/apps/']")!.GetAttribute("href")!;
        var token = (await browser.GetAsync(link)).Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        Assert.Equal(404, (await browser.GetAsync($"/developers/apps/{app.Id}")).Status);
        Assert.Equal(404, (await browser.PostAsync($"/developers/apps/{app.Id}", ("__RequestVerificationToken", token), ("name", "taken"), ("desktop", "http://localhost:*/callback/"))).Status);
        Assert.Equal(404, (await browser.PostAsync($"/developers/apps/{app.Id}/secret", ("__RequestVerificationToken", token))).Status);
        Assert.Equal("invalid_grant", (await platform.RenewAsync(app, "rft.x")).Error);
    }
}
