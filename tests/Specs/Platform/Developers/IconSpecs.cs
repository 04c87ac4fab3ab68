using System.Net.Http.Headers;
using Holdfast.Platform;
using Holdfast.Platform.Developers;
using Holdfast.Platform.SignIn;
using Holdfast.Specs.Platform.Authorize;
using Holdfast.Storage.Blobs;

namespace Holdfast.Specs.Platform.Developers;

public sealed class IconSpecs
{
    [Fact]
    public async Task An_uploaded_icon_stands_on_the_consent_page_until_another_or_none_replaces_it()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var app = await platform.AppAsync();
        using var browser = platform.Visitor();
        await browser.LogInAsync("dev.of.pottery");
        Assert.Equal("P", (await MarkAsync(browser, app)).TextContent);

        Assert.Equal(303, (await SendAsync(platform, browser, app, Pictures.Png(128, 128))).Status);
        var first = (await MarkAsync(browser, app)).QuerySelector("img")!.GetAttribute("src")!;
        Assert.Equal(Pictures.Png(128, 128), await platform.Http.GetByteArrayAsync(first));
        var former = await KeyAsync(platform);

        Assert.Equal(303, (await SendAsync(platform, browser, app, Pictures.Webp("VP8L", 100, 110))).Status);
        var second = (await MarkAsync(browser, app)).QuerySelector("img")!.GetAttribute("src")!;
        Assert.NotEqual(first, second);
        Assert.Null(await platform.Service<IBlobStore>().LengthAsync(former!, CancellationToken.None));

        Assert.Equal(303, (await SendAsync(platform, browser, app, null, ("remove_icon", "true"))).Status);
        Assert.Equal("P", (await MarkAsync(browser, app)).TextContent);
        Assert.Equal(404, (await browser.GetAsync(second)).Status);
    }

    [Theory]
    [InlineData("svg", "SVG is not taken")]
    [InlineData("html", "no PNG, JPEG or WebP")]
    [InlineData("large", "larger than 5 MB")]
    [InlineData("tiny", "48 to 2,048")]
    [InlineData("wide", "square or nearly")]
    public async Task A_file_that_is_no_fit_picture_is_refused_with_the_reason_whatever_it_is_called(string file, string reason)
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var app = await platform.AppAsync();
        using var browser = platform.Visitor();
        await browser.LogInAsync("dev.of.pottery");
        var bytes = file switch
        {
            "svg" => (byte[])[.. "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>"u8],
            "html" => [.. "<!doctype html><script>alert(1)</script>"u8],
            "large" => [.. Pictures.Png(128, 128), .. new byte[5 * 1024 * 1024]],
            "tiny" => Pictures.Png(16, 16),
            _ => Pictures.Jpeg(400, 200),
        };

        var answer = await SendAsync(platform, browser, app, bytes);

        Assert.Equal(422, answer.Status);
        Assert.Contains(reason, answer.Page.QuerySelector("#icon-error")!.TextContent, StringComparison.Ordinal);
        Assert.Null(await KeyAsync(platform));
    }

    [Fact]
    public async Task A_picture_as_large_as_TikTok_takes_it_is_taken()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var app = await platform.AppAsync();
        using var browser = platform.Visitor();
        await browser.LogInAsync("dev.of.pottery");

        Assert.Equal(303, (await SendAsync(platform, browser, app, [.. Pictures.Png(1024, 1024), .. new byte[4 * 1024 * 1024]])).Status);
    }

    [Fact]
    public async Task Somebody_elses_app_keeps_its_icon()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var app = await platform.AppAsync();
        await platform.PersonAsync("mallory");
        using var owner = platform.Visitor();
        await owner.LogInAsync("dev.of.pottery");
        using var browser = platform.Visitor();
        await browser.LogInAsync("mallory");

        var own = await owner.GetAsync($"/developers/apps/{app.Id}");
        Assert.Equal(404, (await SendAsync(platform, browser, app, Pictures.Png(128, 128), page: await browser.GetAsync("/developers"))).Status);

        Assert.Equal(200, own.Status);
        Assert.Null(await KeyAsync(platform));
    }

    [Fact]
    public async Task The_demos_apps_carry_pictures_of_ours()
    {
        await using var demo = await PlatformUnderTest.StartAsync(demo: true);
        await PlatformApp.SeedDemoAsync(demo.App);
        await demo.App.KeepAppAsync("holdfast", "Holdfast Studio", "http://localhost:7400/connect/tiktok/callback/", null, "holdfast-studio.svg");

        foreach (var id in await demo.Database.ReadAsync(session => session.ListAsync<string>("select id from app")))
        {
            using var icon = await demo.Http.GetAsync($"/apps/{id}/icon");
            Assert.Equal("image/svg+xml", icon.Content.Headers.ContentType?.MediaType);
            Assert.Contains("sandbox", icon.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        }
        Assert.Contains(DemoContent.ClientKey, await demo.Database.ReadAsync(session => session.ListAsync<string>("select client_key from app where icon_key = 'built-in/demo-app.svg'")));
    }

    [Fact]
    public void Size_is_read_from_every_kind_of_head()
    {
        foreach (var (kind, file) in new[] { ("png", Pictures.Png(640, 512)), ("jpg", Pictures.Jpeg(640, 512)), ("webp", Pictures.Webp("VP8 ", 640, 512)), ("webp", Pictures.Webp("VP8L", 640, 512)), ("webp", Pictures.Webp("VP8X", 640, 512)) })
        {
            Assert.Equal(new IconVerdict.Fine(kind), IconRule.Decide(file));
            for (var length = 0; length < 24; length++)
                Assert.IsType<IconVerdict.Refused>(IconRule.Decide(file.AsSpan(0, length)));
        }
        Assert.Equal(new IconVerdict.Refused("icon.Size"), IconRule.Decide(Pictures.Jpeg(2500, 2500)));
        Assert.Equal(new IconVerdict.Refused("icon.Shape"), IconRule.Decide(Pictures.Webp("VP8X", 600, 400)));
        Assert.Equal(new IconVerdict.Refused("icon.Size"), IconRule.Decide(Pictures.Png(-1, 100)));
    }

    private static async Task<AngleSharp.Dom.IElement> MarkAsync(Visitor browser, RegisteredApp app) =>
        (await browser.OpenAsync(AuthorizePages.Request(app))).Page.QuerySelector(".consent-parties .app-mark")!; // every consent page has one

    private static Task<string?> KeyAsync(PlatformUnderTest platform) => platform.Database.ReadAsync(session => session.FirstAsync<string>("select icon_key from app"));

    private static async Task<Visit> SendAsync(PlatformUnderTest platform, Visitor browser, RegisteredApp app, byte[]? icon, (string Name, string Value)? more = null, Visit? page = null)
    {
        page ??= await browser.GetAsync($"/developers/apps/{app.Id}");
        using var form = new MultipartFormDataContent
        {
            { new StringContent(page.Page.QuerySelector("form[enctype] input[name=__RequestVerificationToken]")!.GetAttribute("value")!), "__RequestVerificationToken" },
            { new StringContent("pottery"), "name" },
        };
        if (icon is not null)
        {
            var file = new ByteArrayContent(icon) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } };
            form.Add(file, "icon", "icon.png");
        }
        if (more is var (name, value))
            form.Add(new StringContent(value), name);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/developers/apps/{app.Id}") { Content = form };
        request.Headers.Add("Cookie", browser.Cookies.GetCookieHeader(platform.Http.BaseAddress!));
        var answer = await Visit.ReadAsync(await platform.Http.SendAsync(request));
        if (answer.Status == 303)
            await browser.SubmitAsync(await browser.GetAsync($"/developers/apps/{app.Id}/review"), $"/developers/apps/{app.Id}/review/submit");
        return answer;
    }
}
