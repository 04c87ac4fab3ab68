using Holdfast.Platform;
using Holdfast.Specs.Platform.Authorize;

namespace Holdfast.Specs.Platform.Developers;

public sealed class GetACodeSpecs
{
    private const string Guide = "/developers/get-a-code";

    [Fact]
    public async Task The_guide_walks_without_script_from_the_url_to_a_code_tokens_and_the_refusal_of_a_second_exchange()
    {
        await using var platform = await PlatformUnderTest.StartAsync(demo: true);
        await PlatformApp.SeedDemoAsync(platform.App);
        using var browser = platform.Visitor();
        await browser.SubmitAsync(await browser.GetAsync("/login"), "/login/demo", ("username", "ada"));

        var guide = await browser.GetAsync(Guide + "?client_key=sbawdemoclient0001&choose=1&scope=video.list&scope=user.info.stats");
        var url = new Uri(guide.Page.QuerySelector("#authorize-url")!.TextContent).PathAndQuery;
        Assert.Equal(url, guide.Page.QuerySelector("#authorize a.button")!.GetAttribute("href"));
        var callback = await browser.SubmitAsync(await browser.GetAsync(url), AuthorizePages.Answer, ("decision", "authorize"));
        Assert.StartsWith($"{Guide}/callback/?code=", new Uri(callback.Location!).PathAndQuery, StringComparison.Ordinal);
        var away = await browser.GetAsync(new Uri(callback.Location!).PathAndQuery);
        Assert.Equal(Guide + "#answer", away.Location);
        var back = await browser.GetAsync(Guide);

        Assert.Equal(callback.Query["code"], back.Page.QuerySelector("#code")!.TextContent);
        Assert.Contains("--data-urlencode 'code=" + callback.Query["code"], back.Page.QuerySelector("#exchange-curl")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("10:00 left", back.Page.QuerySelector("time[data-countdown]")!.TextContent, StringComparison.Ordinal);

        const string exchange = Guide + "/exchange#exchange";
        var first = await browser.SubmitAsync(back, exchange);
        var answer = new TokenReply(200, first.Page.QuerySelector("#exchange-answer")!.TextContent);
        Assert.Equal("user.info.basic,user.info.stats,video.list", answer.Text("scope"));
        Assert.True(await platform.OpensAsync(answer.Access));
        var second = await browser.SubmitAsync(first, exchange);
        Assert.Equal("invalid_grant", new TokenReply(400, second.Page.QuerySelector("#exchange-answer")!.TextContent).Error);
        Assert.False(await platform.OpensAsync(answer.Access));
    }

    [Fact]
    public async Task An_answer_with_another_state_is_not_used()
    {
        await using var platform = await PlatformUnderTest.StartAsync(demo: true);
        await PlatformApp.SeedDemoAsync(platform.App);
        using var browser = platform.Visitor();
        await browser.GetAsync(Guide);

        await browser.GetAsync(Guide + "/callback/?code=stolen&scopes=x&state=other");
        var page = await browser.GetAsync(Guide);

        Assert.Null(page.Page.QuerySelector("#code"));
        Assert.Contains("not the one this page sent", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_any_app_the_guide_says_what_to_do_first()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        using var browser = platform.Visitor();

        Assert.NotNull((await browser.GetAsync(Guide)).Page.QuerySelector("a[href='/developers'].button-primary"));
    }
}
