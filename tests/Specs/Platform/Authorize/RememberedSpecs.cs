using Holdfast.People.Sessions;
using Holdfast.Platform.Authorize;
using Holdfast.Specs.People;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Authorize;

/// <summary>What the consent page knows of the last answer, and who it says is asking.</summary>
public sealed class RememberedSpecs
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task What_was_left_out_stays_unticked_what_is_new_is_marked_and_the_page_says_since_when(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        var app = await platform.AppAsync();
        await platform.PersonAsync("ada");
        using var browser = platform.Visitor();
        await browser.LogInAsync("ada");
        var first = await browser.OpenAsync(AuthorizePages.Request(app));
        Assert.Null(first.Page.QuerySelector("#before"));
        await browser.SubmitAsync(first, AuthorizePages.Answer, ("decision", "authorize"), ("scope", "video.list"));
        platform.Clock.Advance(TimeSpan.FromDays(3));

        var grown = await browser.OpenAsync(AuthorizePages.Request(app, ("scope", "user.info.basic,user.info.stats,video.list,video.publish")));

        Assert.Contains("You agreed to this app on 22 Nov 2026. It now asks for more", grown.Page.QuerySelector("#before")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["new", "agreed", "declined"], grown.Page.QuerySelectorAll(".consent-choice").Select(choice => choice.GetAttribute("data-mark")));
        Assert.Equal(["user.info.stats", "video.list"], Ticked(grown));
        Assert.Contains("You left this out last time.", grown.Page.QuerySelector("#scope-video-publish-hint")!.TextContent, StringComparison.Ordinal);

        await browser.SubmitAsync(grown, AuthorizePages.Answer, ("decision", "authorize"));
        var again = await browser.OpenAsync(AuthorizePages.Request(app, ("scope", "user.info.basic,user.info.stats,video.list,video.publish")));
        Assert.Contains("You agreed to this on 25 Nov 2026.", again.Page.QuerySelector("#before")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["user.info.stats", "video.list"], Ticked(again));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task After_access_was_taken_away_the_page_says_so_and_still_knows_what_was_left_out(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        var app = await platform.AppAsync();
        await platform.PersonAsync("ada");
        using var browser = platform.Visitor();
        await browser.LogInAsync("ada");
        await browser.SubmitAsync(await browser.OpenAsync(AuthorizePages.Request(app)), AuthorizePages.Answer, ("decision", "authorize"), ("scope", "video.list"));
        await browser.SubmitAsync(await browser.OpenAsync("/settings/apps"), "/settings/apps/remove");

        var page = await browser.OpenAsync(AuthorizePages.Request(app));

        Assert.Contains("You took this app's access away on 22 Nov 2026.", page.Page.QuerySelector("#before")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["video.list"], Ticked(page));
        Assert.Empty(page.Page.QuerySelectorAll("[data-mark=new], [data-mark=agreed]"));
    }

    [Fact]
    public async Task The_page_names_who_asks_whose_it_is_and_where_the_browser_goes()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var (app, web) = (await platform.AppAsync(), await platform.AppAsync("shop", "https://app.example/cb", RedirectPlatform.Web));
        await platform.PersonAsync("ada");
        using var browser = platform.Visitor();
        await browser.LogInAsync("ada");

        var desktop = (await browser.OpenAsync(AuthorizePages.Request(app))).Text;
        Assert.Contains("Registered on this Platform by dev.of.pottery (@dev.of.pottery). Nobody has verified who that is.", desktop, StringComparison.Ordinal);
        Assert.Contains("sent back to 127.0.0.1:49152, a program on this computer", desktop, StringComparison.Ordinal);

        await platform.Database.WriteAsync(session => session.RunAsync("insert into creator (person_id, is_verified, created_at) select id, true, 0 from person where user_name = 'dev.of.shop'"));
        var site = (await browser.OpenAsync(AuthorizePages.Request(web, ("redirect_uri", "https://app.example/cb"), ("code_challenge", null), ("code_challenge_method", null)))).Text;
        Assert.Contains("by dev.of.shop (@dev.of.shop), a verified account", site, StringComparison.Ordinal);
        Assert.Contains("sent back to the website app.example", site, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_scope_is_told_in_words_with_what_it_does_not_allow()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var app = await platform.AppAsync();
        await platform.PersonAsync("ada");
        using var browser = platform.Visitor();
        await browser.LogInAsync("ada");

        var page = await browser.OpenAsync(AuthorizePages.Request(app, ("scope", string.Join(',', KnownScopes.All))));

        Assert.DoesNotContain("authorize.", page.Text, StringComparison.Ordinal);
        Assert.Equal(KnownScopes.All.Length - 1, page.Page.QuerySelectorAll(".consent-choice .hint").Length);
        Assert.Equal(KnownScopes.All.Length - 1, Ticked(page).Count());
    }

    // The look at the consent and the code are one transaction, so a removal between two page loads is never undone.
    [Theory, MemberData(nameof(Engines))]
    public async Task A_consent_that_was_taken_back_is_not_revived_without_the_page(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        await platform.GrantAsync(app, ada);
        var issue = platform.Service<IssueCode>();
        var ask = new AuthorizationAsk(app.Id, app.ClientKey, RedirectPlatform.Desktop, PlatformUnderTest.Redirect, ["user.info.basic", "video.list"], null, PlatformUnderTest.Challenge, MayPassSilently: true);
        var session = (await Caller.SignedInAsync(platform.App.Services, ada.Id)).User.SessionDigest()!; // just begun
        Assert.NotNull(await issue.SilentlyAsync(ask, session, ada.Id, CancellationToken.None));
        Assert.Null(await issue.SilentlyAsync(ask with { Scopes = ["user.info.basic", "video.publish"] }, session, ada.Id, CancellationToken.None));
        var gone = (await Caller.SignedInAsync(platform.App.Services, ada.Id)).User.SessionDigest()!; // just begun
        Assert.True(await platform.Service<SessionStore>().EndOneAsync(ada.Id, gone));
        Assert.Null(await issue.SilentlyAsync(ask, gone, ada.Id, CancellationToken.None));

        await platform.Database.WriteAsync(session => session.RunAsync("update consent set ended_at = 1, ended_reason = 1"));

        Assert.Null(await issue.SilentlyAsync(ask, session, ada.Id, CancellationToken.None));
        Assert.Equal(0, await platform.Database.ReadAsync(session => session.FirstAsync<long>("select count(*) from consent where ended_at is null")));
    }

    private static IEnumerable<string?> Ticked(Visit page) => page.Page.QuerySelectorAll("input[type=checkbox][name=scope][checked]").Select(box => box.GetAttribute("value"));
}
