using Holdfast.Platform.Authorize;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Authorize;

public sealed class ConsentSpecs
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Signing_in_leads_back_to_the_request_and_consent_leads_to_the_app_with_a_code(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        var app = await platform.AppAsync();
        await platform.PersonAsync("ada");
        using var browser = platform.Visitor();

        var login = await browser.OpenAsync(AuthorizePages.Request(app));
        var back = await browser.SubmitAsync(login, "/login", ("username", "ada"), ("password", PlatformUnderTest.Password));
        Assert.Equal(303, back.Status);
        var consent = await browser.OpenAsync(back.Location!);
        var done = await browser.SubmitAsync(consent, AuthorizePages.Answer, ("decision", "authorize"));

        Assert.Equal(303, done.Status);
        Assert.StartsWith(PlatformUnderTest.Redirect + "?code=", done.Location, StringComparison.Ordinal);
        Assert.Matches("code=[A-Za-z0-9_-]{43}%2A0%21[0-9]{4}\\.u1&scopes=user\\.info\\.basic%2Cvideo\\.list%2Cvideo\\.publish&state=n7f3$", done.Location!);
        var tokens = await platform.RedeemAsync(app, done.Query["code"]);
        Assert.Equal("user.info.basic,video.list,video.publish", tokens.Text("scope"));
    }

    [Fact]
    public async Task A_person_grants_a_part_and_what_is_added_to_the_form_is_not_granted()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var app = await platform.AppAsync();
        using var browser = await platform.SignedInVisitorAsync("ada");

        var consent = await browser.OpenAsync(AuthorizePages.Request(app));
        var done = await browser.SubmitAsync(consent, AuthorizePages.Answer, ("decision", "authorize"), ("scope", "video.list"), ("scope", "video.upload"), ("scope", "evil"), ("redirect_uri", "https://evil.example/"), ("state", "changed"));

        Assert.Equal(("user.info.basic,video.list", "n7f3"), (done.Query["scopes"], done.Query["state"]));
        Assert.StartsWith(PlatformUnderTest.Redirect, done.Location, StringComparison.Ordinal);
        Assert.Equal("user.info.basic,video.list", (await platform.RedeemAsync(app, done.Query["code"])).Text("scope"));
    }

    [Fact]
    public async Task Cancel_goes_back_with_access_denied_and_grants_nothing()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var app = await platform.AppAsync();
        using var browser = await platform.SignedInVisitorAsync("ada");

        var done = await browser.SubmitAsync(await browser.OpenAsync(AuthorizePages.Request(app)), AuthorizePages.Answer, ("decision", "cancel"));

        Assert.Equal(("access_denied", "n7f3"), (done.Query["error"], done.Query["state"]));
        Assert.False(done.Query.ContainsKey("code"));
        Assert.Contains("Authorize", (await browser.OpenAsync(AuthorizePages.Request(app))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_remembered_consent_skips_the_page_unless_more_is_asked_or_the_app_wants_it_shown()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var app = await platform.AppAsync();
        await platform.PersonAsync("bruno");
        using var browser = await platform.SignedInVisitorAsync("ada");
        await browser.SubmitAsync(await browser.OpenAsync(AuthorizePages.Request(app, ("scope", "user.info.basic,video.list"))), AuthorizePages.Answer, ("decision", "authorize"));

        var silent = await browser.GetAsync(AuthorizePages.Request(app, ("scope", "video.list"), ("disable_auto_auth", "0")));
        Assert.Equal((302, "video.list"), (silent.Status, silent.Query["scopes"]));
        Assert.Equal(200, (await browser.GetAsync(AuthorizePages.Request(app, ("scope", "video.list"), ("disable_auto_auth", "1")))).Status);
        Assert.Equal(200, (await browser.GetAsync(AuthorizePages.Request(app))).Status);

        using var other = await platform.SignedInVisitorAsync("bruno");
        Assert.Equal(200, (await other.GetAsync(AuthorizePages.Request(app, ("scope", "video.list")))).Status);
    }

    [Fact]
    public async Task What_is_unticked_at_the_next_consent_is_withdrawn_from_living_tokens()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        var before = await platform.GrantAsync(app, ada, "user.info.basic,video.list,video.publish");
        using var browser = await platform.SignedInVisitorAsync("ada");

        var consent = await browser.OpenAsync(AuthorizePages.Request(app, ("disable_auto_auth", "1")));
        await browser.SubmitAsync(consent, AuthorizePages.Answer, ("decision", "authorize"), ("scope", "video.list"));

        var access = await platform.Service<Holdfast.Platform.Tokens.AccessTokens>().VerifyAsync(before.Access);
        Assert.Equal(["user.info.basic", "video.list"], access!.Scopes.Order());
        Assert.Equal("user.info.basic,video.list", (await platform.RenewAsync(app, before.Refresh)).Text("scope"));
    }

    [Fact]
    public async Task A_request_is_answered_once_and_only_by_the_session_that_opened_it()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var app = await platform.AppAsync();
        using var ada = await platform.SignedInVisitorAsync("ada");
        using var mallory = await platform.SignedInVisitorAsync("mallory");
        var adas = await ada.OpenAsync(AuthorizePages.Request(app));
        var mallorys = await mallory.OpenAsync(AuthorizePages.Request(app));
        var id = adas.Page.QuerySelector("input[name=request]")!.GetAttribute("value")!;

        Assert.Equal(403, (await mallory.SubmitAsync(mallorys, AuthorizePages.Answer, ("decision", "authorize"), ("request", id))).Status);
        Assert.Equal(303, (await ada.SubmitAsync(adas, AuthorizePages.Answer, ("decision", "authorize"))).Status);
        Assert.Equal(403, (await ada.SubmitAsync(adas, AuthorizePages.Answer, ("decision", "authorize"))).Status);
    }

    [Fact]
    public async Task After_signing_out_an_old_page_and_an_old_request_lead_to_the_sign_in()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var app = await platform.AppAsync();
        using var browser = await platform.SignedInVisitorAsync("ada");
        var consent = await browser.OpenAsync(AuthorizePages.Request(app));
        await browser.SubmitAsync(consent, "/logout");

        Assert.InRange((await browser.SubmitAsync(consent, AuthorizePages.Answer, ("decision", "authorize"))).Status, 400, 403);
        Assert.StartsWith("/login", (await browser.GetAsync(AuthorizePages.Request(app))).Location, StringComparison.Ordinal);
        Assert.InRange((await browser.SubmitAsync(await browser.LogInAsync("ada") is { Location: "/" } ? consent : consent, AuthorizePages.Answer, ("decision", "authorize"))).Status, 400, 403);
    }

    [Fact]
    public async Task The_pages_of_a_request_are_not_kept_not_framed_and_send_no_referrer()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var app = await platform.AppAsync();
        using var browser = await platform.SignedInVisitorAsync("ada");

        var consent = await browser.OpenAsync(AuthorizePages.Request(app));

        string Header(string name) => consent.Answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : "";
        Assert.True(consent.Answer.Headers.CacheControl?.NoStore);
        Assert.Equal(("no-referrer", "DENY", "same-origin"), (Header("Referrer-Policy"), Header("X-Frame-Options"), Header("Cross-Origin-Opener-Policy")));
        Assert.Contains("frame-ancestors 'none'", Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.DoesNotContain("form-action", Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.NotNull(consent.Page.QuerySelector("button[data-guard][value=authorize]"));
        Assert.Equal(["video.list", "video.publish"], consent.Page.QuerySelectorAll("input[type=checkbox][name=scope]").Select(box => box.GetAttribute("value")));
    }

    [Fact]
    public async Task Markup_in_an_apps_name_stays_text()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var owner = await platform.PersonAsync("dev");
        await platform.PersonAsync("ada");
        var app = ((Holdfast.Platform.Developers.RegisterResult.Registered)await platform.Service<Holdfast.Platform.Developers.AppRegistry>().RegisterAsync(
            owner.Id, new("<script>alert(1)</script>", [new RegisteredRedirect { Platform = RedirectPlatform.Desktop, Uri = "http://127.0.0.1:*/callback/" }], KnownScopes.All))).App;
        using var browser = await platform.SignedInVisitorAsync("ada");

        var consent = await browser.OpenAsync(AuthorizePages.Request(app));

        Assert.DoesNotContain("<script>alert", consent.Body, StringComparison.Ordinal);
        Assert.Contains("<script>alert(1)</script>", consent.Page.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
    }
}
