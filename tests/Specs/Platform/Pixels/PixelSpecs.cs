using System.Text;
using Holdfast.Platform.Pixels;
using Holdfast.Specs.Platform.Authorize;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Pixels;

public sealed class PixelSpecs
{
    private const string Place = "/developers/pixels";

    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_developer_makes_a_pixel_whose_script_other_sites_load_and_reads_what_their_pages_told(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        var (browser, path) = await PixelAsync(platform);
        using var _ = browser;
        var id = path[(Place.Length + 1)..];
        var page = await browser.OpenAsync(path);
        Assert.Contains($"/pixel/{id}.js", page.Page.QuerySelector("#snippet")!.TextContent, StringComparison.Ordinal);

        using var script = await platform.Http.GetAsync($"/pixel/{id}.js");
        Assert.Equal("cross-origin", Assert.Single(script.Headers.GetValues("Cross-Origin-Resource-Policy")));
        Assert.Contains("/pixel/events", await script.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var told = await TellAsync(platform, Event(id, "AddToCart", "https://shop.example.test/bowl?session=secret#x", """{"value":12.5}"""));
        Assert.Equal((204, "*"), ((int)told.StatusCode, Assert.Single(told.Headers.GetValues("Access-Control-Allow-Origin"))));
        Assert.False(told.Headers.Contains("Set-Cookie"));
        Assert.False(told.Headers.Contains("Access-Control-Allow-Credentials"));
        await browser.SubmitAsync(page, path + "/test");

        var log = await browser.OpenAsync(path);
        Assert.Contains("AddToCart", log.Text, StringComparison.Ordinal);
        Assert.Contains("https://shop.example.test/bowl", log.Text, StringComparison.Ordinal);
        Assert.Contains("TestEvent", log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", log.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("[]")]
    [InlineData("""{"pixel":"ID","event":"a b","page":"https://shop.example.test/"}""")]
    [InlineData("""{"pixel":"ID","event":"<script>","page":"https://shop.example.test/"}""")]
    [InlineData("""{"pixel":"ID","event":"A","page":"javascript:alert(1)"}""")]
    [InlineData("""{"pixel":"ID","event":"A","page":"https://user:pass@shop.example.test/"}""")]
    [InlineData("""{"pixel":"ID","event":"A","page":"https://shop.example.test/%00"}""")]
    [InlineData("""{"pixel":"ID","event":"A","page":"https://shop.example.test/","properties":[1]}""")]
    [InlineData("""{"pixel":"ID","event":"A","page":"https://shop.example.test/","properties":{"a":"\u0000"}}""")]
    [InlineData("""{"pixel":"ID","event":"A","page":"https://shop.example.test/","properties":{"a":{"a":{"a":{"a":{"a":{"a":1}}}}}}}""")]
    [InlineData("""{"pixel":"\ud800","event":"A","page":"https://shop.example.test/"}""")]
    [InlineData("""{"pixel":"ID","event":"A","page":"https://shop.example.test/\ud800"}""")]
    [InlineData("""{"\ud800 and many more letters":1,"pixel":"ID"}""")]
    [InlineData("""{"pixel":1,"event":"A","page":"https://shop.example.test/"}""")]
    public async Task What_is_no_event_is_refused_and_not_kept(string body)
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var (browser, path) = await PixelAsync(platform);
        using var _ = browser;
        using var answer = await TellAsync(platform, body.Replace("ID", path[(Place.Length + 1)..], StringComparison.Ordinal));
        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Equal(0, await CountAsync(platform));
    }

    [Fact]
    public async Task A_body_too_large_an_unknown_pixel_and_too_many_events_are_refused()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var (browser, path) = await PixelAsync(platform);
        using var _ = browser;
        var id = path[(Place.Length + 1)..];
        using var large = await TellAsync(platform, Event(id, "A", "https://shop.example.test/", $$"""{"a":"{{new string('x', PixelMessage.LargestBody)}}"}"""));
        Assert.Equal(400, (int)large.StatusCode);
        using var unknown = await TellAsync(platform, Event(new string('0', 26), "A", "https://shop.example.test/"));
        Assert.Equal(404, (int)unknown.StatusCode);
        Assert.Equal(404, (int)(await platform.Http.GetAsync($"/pixel/{new string('0', 26)}.js")).StatusCode);

        var statuses = new List<int>();
        for (var i = 0; i < 70; i++)
        {
            using var answer = await TellAsync(platform, Event(id, "A", "https://shop.example.test/"));
            statuses.Add((int)answer.StatusCode);
        }
        Assert.Equal(58, statuses.Count(status => status == 204)); // two of the sixty were spent above
        Assert.Equal(429, statuses[^1]);
        platform.Clock.Advance(TimeSpan.FromMinutes(2));
        using var later = await TellAsync(platform, Event(id, "A", "https://shop.example.test/"));
        Assert.Equal(204, (int)later.StatusCode);
    }

    [Fact]
    public async Task Asking_first_is_answered_and_another_developers_pixel_is_not_there()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var (browser, path) = await PixelAsync(platform);
        using var _ = browser;
        using var ask = new HttpRequestMessage(HttpMethod.Options, "/pixel/events") { Headers = { { "Origin", "https://shop.example.test" }, { "Access-Control-Request-Method", "POST" } } };
        using var allowed = await platform.Http.SendAsync(ask);
        Assert.Equal("POST", Assert.Single(allowed.Headers.GetValues("Access-Control-Allow-Methods")));

        await platform.PersonAsync("mallory");
        using var mallory = platform.Visitor();
        await mallory.LogInAsync("mallory");
        Assert.Equal(404, (await mallory.GetAsync(path)).Status);
        var token = (await mallory.OpenAsync(Place)).Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        Assert.Equal(404, (await mallory.PostAsync(path + "/test", ("__RequestVerificationToken", token))).Status);
        await mallory.PostAsync(path + "/remove", ("__RequestVerificationToken", token));
        Assert.Equal(200, (await browser.GetAsync(path)).Status);
        await browser.SubmitAsync(await browser.OpenAsync(path), path + "/remove");
        Assert.Equal(404, (await browser.GetAsync(path)).Status);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Events_are_forgotten_after_a_week(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        var (browser, path) = await PixelAsync(platform);
        using var _ = browser;
        using var told = await TellAsync(platform, Event(path[(Place.Length + 1)..], "A", "https://shop.example.test/"));
        platform.Clock.Advance(TimeSpan.FromDays(8));
        while (await platform.Service<TidyPixels>().RunDueAsync(CancellationToken.None)) ;
        Assert.Equal(0, await CountAsync(platform));
    }

    private static async Task<(Visitor Browser, string Path)> PixelAsync(PlatformUnderTest platform)
    {
        await platform.PersonAsync("dev");
        var browser = platform.Visitor();
        await browser.LogInAsync("dev");
        var made = await browser.SubmitAsync(await browser.OpenAsync(Place), Place, ("name", "Shop"));
        return (browser, made.Location!);
    }

    private static string Event(string pixel, string name, string page, string properties = "{}") =>
        $$"""{"pixel":"{{pixel}}","event":"{{name}}","page":"{{page}}","properties":{{properties}}}""";

    private static async Task<HttpResponseMessage> TellAsync(PlatformUnderTest platform, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/pixel/events") { Content = new StringContent(body, Encoding.UTF8, "text/plain") };
        request.Headers.Add("Origin", "https://shop.example.test");
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        return await platform.Http.SendAsync(request);
    }

    private static Task<long> CountAsync(PlatformUnderTest platform) => platform.Database.ReadAsync(session => session.FirstAsync<long>("select count(*) from pixel_event"));
}
