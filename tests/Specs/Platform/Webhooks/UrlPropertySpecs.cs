using Holdfast.Platform.Webhooks;
using Holdfast.Shell.Outside;
using Holdfast.Specs.Platform.Authorize;
using Holdfast.Specs.Platform.Outside;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Webhooks;

public sealed class UrlPropertySpecs
{
    private const string Place = "/developers/url-properties";

    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory]
    [InlineData("Domain", "example.com", "https://example.com/a.mp4", true)]
    [InlineData("Domain", "example.com", "https://cdn.media.example.com/a.mp4", true)]
    [InlineData("Domain", "media.example.com", "https://example.com/a.mp4", false)]
    [InlineData("Domain", "example.com", "https://badexample.com/a.mp4", false)]
    [InlineData("Domain", "example.com", "https://example.com.evil.test/a.mp4", false)]
    [InlineData("Domain", "example.com", "http://example.com/a.mp4", false)]
    [InlineData("Domain", "example.com", "https://EXAMPLE.com/a.mp4", true)]
    [InlineData("Prefix", "https://example.com/mine/", "https://example.com/mine/a.mp4", true)]
    [InlineData("Prefix", "https://example.com/mine/", "https://example.com/mine", false)]
    [InlineData("Prefix", "https://example.com/mine/", "https://example.com/mine2/a.mp4", false)]
    [InlineData("Prefix", "https://example.com/mine/", "https://example.com/mine/../theirs/a.mp4", false)]
    [InlineData("Prefix", "https://example.com/mine/", "https://example.com/mine/%2e%2e/theirs/a.mp4", false)]
    [InlineData("Prefix", "https://example.com/mine/", "https://www.example.com/mine/a.mp4", false)]
    [InlineData("Prefix", "https://example.com/mine/", "https://example.com:444/mine/a.mp4", false)]
    [InlineData("Prefix", "https://example.com/mine/", "https://example.com@evil.test/mine/a.mp4", false)]
    public void A_property_covers_exactly_what_its_owner_showed(string kind, string value, string address, bool covered) =>
        Assert.Equal(covered, UrlPropertyRule.Covers(Enum.Parse<UrlPropertyKind>(kind), value, new Uri(address)));

    [Theory]
    [InlineData("Domain", "example.com", null)]
    [InlineData("Domain", "xn--bcher-kva.example", null)]
    [InlineData("Domain", "", "Length")]
    [InlineData("Domain", "localhost", "Domain")]
    [InlineData("Domain", "example.com.", "Domain")]
    [InlineData("Domain", "https://example.com", "Domain")]
    [InlineData("Domain", "example.com/path", "Domain")]
    [InlineData("Domain", "*.example.com", "Domain")]
    [InlineData("Domain", "93.184.216.34", "IpHost")]
    [InlineData("Domain", "2130706433", "IpHost")]
    [InlineData("Prefix", "https://example.com/", null)]
    [InlineData("Prefix", "https://example.com/media/", null)]
    [InlineData("Prefix", "https://example.com/media", "Slash")]
    [InlineData("Prefix", "https://example.com", "Slash")]
    [InlineData("Prefix", "http://example.com/", "Scheme")]
    [InlineData("Prefix", "http://localhost:9000/", "Scheme")]
    [InlineData("Prefix", "https://93.184.216.34/", "IpHost")]
    [InlineData("Prefix", "https://[2606:4700::1111]/", "IpHost")]
    [InlineData("Prefix", "https://example.com/?a/", "Prefix")]
    [InlineData("Prefix", "https://example.com/#a/", "Prefix")]
    [InlineData("Prefix", "https://example.com/a/../b/", "Prefix")]
    [InlineData("Prefix", "https://EXAMPLE.com/", "Prefix")]
    [InlineData("Prefix", "https://user@example.com/", "Prefix")]
    [InlineData("Prefix", "nothing", "Prefix")]
    public void A_claim_is_taken_or_refused_with_its_rule(string kind, string value, string? problem) =>
        Assert.Equal(problem, UrlPropertyRule.ProblemWith(Enum.Parse<UrlPropertyKind>(kind), value, allowsLoopback: false)?.ToString());

    [Fact]
    public void On_this_machine_a_prefix_of_this_machine_can_be_claimed() =>
        Assert.Null(UrlPropertyRule.ProblemWith(UrlPropertyKind.Prefix, "http://localhost:9000/media/", allowsLoopback: true));

    [Theory, MemberData(nameof(Engines))]
    public async Task A_domain_is_verified_by_its_record_and_covers_the_owners_apps_and_nobody_elses(Engine engine)
    {
        using var names = new FakeNameServer();
        await using var platform = await PlatformUnderTest.StartAsync(engine, configure: builder => builder.Services.Configure<OutsideOptions>(options => options.NameServer = names.Address));
        var (app, foreign) = (await platform.AppAsync(), await platform.AppAsync("other"));
        using var browser = platform.Visitor();
        await browser.LogInAsync("dev.of.pottery");
        Assert.Equal(422, (await browser.SubmitAsync(await browser.OpenAsync(Place), Place, ("value", "10.0.0.1"), ("kind", "domain"))).Status);
        await browser.SubmitAsync(await browser.OpenAsync(Place), Place, ("value", "Example.com"), ("kind", "domain"), ("app", ""));
        await browser.SubmitAsync(await browser.OpenAsync(Place), Place, ("value", "example.com"), ("kind", "domain"), ("app", ""));

        var page = await browser.OpenAsync(Place);
        var verify = Assert.Single(page.Page.QuerySelectorAll("form[action$='/verify']")).GetAttribute("action")!;
        await browser.SubmitAsync(page, verify);
        Assert.Contains("no TXT record", (await browser.OpenAsync(Place)).Text, StringComparison.Ordinal);
        Assert.False(await CoversAsync(platform, app.Id, "https://cdn.example.com/a.mp4"));

        var proof = page.Page.QuerySelector("[id$='-proof']")!.TextContent;
        Assert.Matches("^tiktok-developers-site-verification=[a-zA-Z0-9]{32}$", proof);
        names.Texts.AddRange(["v=spf1 -all", proof]);
        await browser.SubmitAsync(page, verify);

        Assert.Contains("Verified", (await browser.OpenAsync(Place)).Text, StringComparison.Ordinal);
        Assert.True(await CoversAsync(platform, app.Id, "https://cdn.example.com/a.mp4"));
        Assert.False(await CoversAsync(platform, foreign.Id, "https://cdn.example.com/a.mp4"));
        using var mallory = platform.Visitor();
        await mallory.LogInAsync("dev.of.other");
        var token = (await mallory.OpenAsync(Place)).Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        Assert.Equal(404, (await mallory.PostAsync(verify, ("__RequestVerificationToken", token))).Status);
        await mallory.PostAsync(verify.Replace("/verify", "/remove", StringComparison.Ordinal), ("__RequestVerificationToken", token));
        Assert.True(await CoversAsync(platform, app.Id, "https://cdn.example.com/a.mp4"));

        await browser.SubmitAsync(await browser.OpenAsync(Place), verify.Replace("/verify", "/remove", StringComparison.Ordinal));
        Assert.False(await CoversAsync(platform, app.Id, "https://cdn.example.com/a.mp4"));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_prefix_is_verified_by_its_file_without_following_redirects_and_may_count_for_one_app(Engine engine)
    {
        await using var receiver = await Receiver.StartAsync();
        var network = new FakeNetwork { Door = receiver.Https };
        network.Name("media.example.test", "8.8.4.4");
        await using var platform = await PlatformUnderTest.StartAsync(engine, configure: builder => builder.Services.AddSingleton<IOutsideNetwork>(network));
        var owner = await platform.PersonAsync("dev");
        var (one, two) = (await platform.AppAsync("one", owner: owner), await platform.AppAsync("two", owner: owner));
        using var browser = platform.Visitor();
        await browser.LogInAsync("dev");
        await browser.SubmitAsync(await browser.OpenAsync(Place), Place, ("value", "https://media.example.test/mine/"), ("kind", "prefix"), ("app", one.Id));
        var page = await browser.OpenAsync(Place);
        var verify = page.Page.QuerySelector("form[action$='/verify']")!.GetAttribute("action")!;
        var proof = page.Page.QuerySelector("[id$='-proof']")!.TextContent;

        receiver.Answer = http =>
        {
            http.Response.StatusCode = 302;
            http.Response.Headers.Location = "/elsewhere";
            return Task.CompletedTask;
        };
        await browser.SubmitAsync(page, verify);
        Assert.Contains("answered with 302", (await browser.OpenAsync(Place)).Text, StringComparison.Ordinal);
        receiver.Answer = http => http.Response.WriteAsync("something else");
        await browser.SubmitAsync(page, verify);
        Assert.Contains("says something else", (await browser.OpenAsync(Place)).Text, StringComparison.Ordinal);
        network.Name("media.example.test", "10.0.0.8");
        await browser.SubmitAsync(page, verify);
        Assert.Contains("private network", (await browser.OpenAsync(Place)).Text, StringComparison.Ordinal);
        Assert.False(await CoversAsync(platform, one.Id, "https://media.example.test/mine/a.mp4"));

        network.Name("media.example.test", "8.8.4.4");
        receiver.Answer = http => http.Response.WriteAsync(proof + "\n");
        await browser.SubmitAsync(page, verify);
        Assert.Equal($"/mine/tiktok{proof[^32..]}.txt", receiver.All.Last().Path);
        Assert.True(await CoversAsync(platform, one.Id, "https://media.example.test/mine/a.mp4"));
        Assert.False(await CoversAsync(platform, two.Id, "https://media.example.test/mine/a.mp4"));
    }

    [Fact]
    public async Task Every_host_is_taken_only_where_it_was_switched_on_and_the_platform_is_on_this_machine()
    {
        static void AllowAll(WebApplicationBuilder builder) => builder.Services.Configure<OutsideOptions>(options => options.AllowUnverified = true);
        await using var local = await PlatformUnderTest.StartAsync(configure: AllowAll);
        Assert.True(await CoversAsync(local, (await local.AppAsync()).Id, "https://anywhere.example.test/a.mp4"));
        await using var elsewhere = await PlatformUnderTest.StartAsync(configure: AllowAll, url: "https://platform.example.test");
        Assert.False(await CoversAsync(elsewhere, (await elsewhere.AppAsync()).Id, "https://anywhere.example.test/a.mp4"));
    }

    private static Task<bool> CoversAsync(PlatformUnderTest platform, string app, string address) =>
        platform.Database.ReadAsync(session => platform.Service<UrlProperties>().CoversAsync(session, app, new Uri(address)));
}
