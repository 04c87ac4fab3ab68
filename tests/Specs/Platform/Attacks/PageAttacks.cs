using Holdfast.People;
using Holdfast.Platform.Authorize;
using Holdfast.Platform.Developers;
using Holdfast.Specs.Platform.Authorize;
using Holdfast.Specs.Platform.Developers;

namespace Holdfast.Specs.Platform.Attacks;

/// <summary>B4 against the pages themselves: frames (76) and foreign markup (88).</summary>
public sealed class PageAttacks
{
    private const string Markup = "<img src=x onerror=alert(1)>\"'";

    [Theory]
    [InlineData("/login")]
    [InlineData("consent")]
    [InlineData("/settings/apps")]
    [InlineData("/developers")]
    [InlineData("app")]
    public async Task Case_76_no_page_can_be_framed_or_reached_by_its_opener(string path)
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var app = await platform.AppAsync();
        using var browser = platform.Visitor();
        if (path != "/login")
            await browser.LogInAsync("dev.of.pottery");

        var page = await browser.GetAsync(path switch { "consent" => AuthorizePages.Request(app), "app" => $"/developers/apps/{app.Id}", _ => path });

        Assert.Equal(200, page.Status);
        string Header(string name) => page.Answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : "";
        Assert.Contains("frame-ancestors 'none'", Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-inline", Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal(("DENY", "same-origin", "same-origin"), (Header("X-Frame-Options"), Header("Cross-Origin-Opener-Policy"), Header("Cross-Origin-Resource-Policy")));
    }

    // The pause is the module's (precedence): the HTML ships enabled, so the page works without script.
    [Fact]
    public async Task Case_76_the_consent_button_brings_the_module_that_keeps_it_dead_for_half_a_second()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var app = await platform.AppAsync();
        await platform.PersonAsync("ada");
        using var browser = platform.Visitor();
        await browser.LogInAsync("ada");

        var consent = await browser.OpenAsync(AuthorizePages.Request(app));

        Assert.Equal("authorize", consent.Page.QuerySelector("button[data-guard]:not([disabled])")!.GetAttribute("value"));
        var module = consent.Page.QuerySelectorAll("script[type=module]").Select(script => script.GetAttribute("src")!).Single(source => source.Contains("guard", StringComparison.Ordinal));
        Assert.Contains("const pause = 500;", (await browser.GetAsync(module)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case_88_names_of_apps_and_people_stay_text_on_every_page()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var people = platform.Service<PeopleStore>();
        var owner = ((SignUpResult.Added)await people.SignUpAsync(new NewPerson("evil.dev", PlatformUnderTest.Password, null, "Dev " + Markup))).Person;
        var ada = ((SignUpResult.Added)await people.SignUpAsync(new NewPerson("ada", PlatformUnderTest.Password, null, "Ada " + Markup))).Person;
        var app = ((RegisterResult.Registered)await platform.Service<AppRegistry>().RegisterAsync(owner.Id, new NewApp("App " + Markup, [new RegisteredRedirect { Platform = RedirectPlatform.Desktop, Uri = "http://127.0.0.1:*/callback/" }], KnownScopes.All))).App;
        await platform.GrantAsync(app, ada);
        using var browser = platform.Visitor();
        await browser.LogInAsync("ada");
        using var developer = platform.Visitor();
        await developer.LogInAsync("evil.dev");
        await developer.SubmitAsync(await developer.GetAsync("/@ada"), "/@ada/follow", ("follow", "true"));

        foreach (var page in new[]
        {
            await browser.OpenAsync(AuthorizePages.Request(app, ("disable_auto_auth", "1"), ("state", Markup))), await browser.OpenAsync("/settings/apps"), await browser.OpenAsync("/@ada"), await browser.OpenAsync("/@ada/followers"),
            await developer.OpenAsync("/developers"), await developer.OpenAsync($"/developers/apps/{app.Id}"), await developer.OpenAsync("/developers/get-a-code"),
        })
        {
            Assert.Equal(200, page.Status);
            Assert.DoesNotContain("<img src=x", page.Body, StringComparison.Ordinal);
            Assert.Empty(page.Page.QuerySelectorAll("[onerror], script:not([src])"));
        }
        Assert.Contains(Markup, (await browser.OpenAsync(AuthorizePages.Request(app, ("disable_auto_auth", "1")))).Page.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(Markup, (await browser.OpenAsync("/@ada/followers")).Page.QuerySelector(".audience-list")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case_88_an_icon_is_ours_to_serve_and_runs_nothing_even_opened_by_itself()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var app = await platform.AppAsync();
        var owner = (await platform.Service<PeopleStore>().FindByUserNameAsync("dev.of.pottery"))!;
        // A picture with markup behind its header: what a sniffing browser would take for a page.
        byte[] polyglot = [.. Pictures.Png(64, 64), .. "<script>alert(1)</script>"u8];
        await platform.Service<AppIcons>().GiveAsync(owner.Id, app.Id, new IconUpload.Replace(polyglot, "png"), CancellationToken.None);
        using var browser = platform.Visitor();
        await browser.LogInAsync("dev.of.pottery");

        var address = (await browser.OpenAsync(AuthorizePages.Request(app))).Page.QuerySelector(".app-mark img")!.GetAttribute("src")!;
        var icon = await browser.GetAsync(address);

        Assert.StartsWith("/apps/", address, StringComparison.Ordinal);
        Assert.Equal((200, "image/png"), (icon.Status, icon.Answer.Content.Headers.ContentType?.MediaType));
        Assert.Equal("nosniff", icon.Answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("default-src 'none'; frame-ancestors 'none'; sandbox", icon.Answer.Headers.GetValues("Content-Security-Policy").Single());
    }
}
