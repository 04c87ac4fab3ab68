using Holdfast.Platform;
using Holdfast.Platform.Console;
using Holdfast.Platform.Console.Pages;
using Holdfast.Platform.Faults;
using Holdfast.Platform.Overrides;
using Holdfast.Shell.Language;
using Holdfast.Specs.Platform.Authorize;
using Holdfast.Specs.Platform.Developers;

namespace Holdfast.Specs.Platform.Console;

/// <summary>The console's pages in a browser without script.</summary>
public sealed class PageSpecs
{
    [Theory]
    [InlineData("")]
    [InlineData("/faults")]
    [InlineData("/posts")]
    [InlineData("/settings")]
    [InlineData("/accounts")]
    [InlineData("/accounts/ada")]
    [InlineData("/clock")]
    [InlineData("/requests")]
    [InlineData("/reviews")]
    [InlineData("/api")]
    public async Task Every_page_opens_and_says_everything_in_words(string path)
    {
        await using var platform = await PlatformUnderTest.StartAsync(demo: true);
        await PlatformApp.SeedDemoAsync(platform.App);
        using var visitor = platform.Visitor();

        var page = await visitor.GetAsync("/console" + path);

        Assert.Equal(200, page.Status);
        Assert.DoesNotMatch(@"(console|requests|shell)\.[a-z]", page.Text.Replace("platform.", "", StringComparison.Ordinal));
        Assert.Equal(Enum.GetValues<ConsolePlace>().Length, page.Page.QuerySelectorAll(".settings-tabs a").Length);
        Assert.NotNull(page.Page.QuerySelector(".settings-tabs a[aria-current=page]"));
    }

    [Fact]
    public void Every_word_a_form_offers_has_its_text()
    {
        var texts = new TextTable(typeof(PlatformApp).Assembly);
        IEnumerable<string> keys =
        [
            .. FaultInput.Kinds.Select(kind => "kind." + kind), .. FaultPlace.Names.Select(place => "place." + place), .. Enum.GetNames<FaultProblem>().Select(problem => "problem." + problem),
            .. SettingTable.All.SelectMany(setting => (string[])["setting." + setting.Name, "group." + setting.Group, "shape." + setting.Shape, .. (setting.Choices ?? []).Select(choice => "choice." + choice)]),
            .. Enum.GetNames<ConsolePlace>().SelectMany(place => (string[])[place + ".tab", place + ".title", place + ".lead"]), .. ApiCall.All.Select(call => "api." + call.Name),
        ];

        Assert.DoesNotContain(keys, key => !texts.Has("console." + key));
    }

    [Fact]
    public async Task A_story_is_started_with_one_button_shows_on_every_page_and_is_stopped_with_one()
    {
        await using var platform = await PlatformUnderTest.StartAsync(demo: true);
        using var visitor = platform.Visitor();

        var started = await visitor.SubmitAsync(await visitor.GetAsync("/console"), "/console/weather/start", ("story", "two-hour-outage"));
        Assert.Equal((303, "/console?done=started"), (started.Status, started.Location));
        var clock = await visitor.GetAsync("/console/clock");
        Assert.NotNull(clock.Page.QuerySelector("[data-weather=two-hour-outage]"));
        Assert.Equal(503, (int)(await platform.Http.GetAsync("/v2/user/info/")).StatusCode);

        await visitor.SubmitAsync(clock, "/console/weather/stop");

        Assert.Null((await visitor.GetAsync("/console")).Page.QuerySelector("[data-weather]"));
        Assert.Equal(401, (int)(await platform.Http.GetAsync("/v2/user/info/")).StatusCode);
    }

    [Fact]
    public async Task A_fault_is_added_by_form_listed_and_stopped_and_a_slip_keeps_what_was_filled_in()
    {
        await using var platform = await PlatformUnderTest.StartAsync(demo: true);
        using var visitor = platform.Visitor();
        var form = await visitor.GetAsync("/console/faults");

        var slip = await visitor.SubmitAsync(form, "/console/faults", ("kind", "rate_limited"), ("place", "user_info"), ("times", "many"));
        Assert.Equal(422, slip.Status);
        Assert.Equal("many", slip.Page.QuerySelector("#times")?.GetAttribute("value"));
        Assert.Contains("times cannot be read", slip.Text, StringComparison.Ordinal);

        Assert.Equal(303, (await visitor.SubmitAsync(slip, "/console/faults", ("kind", "rate_limited"), ("place", "user_info"), ("times", "3"))).Status);
        Assert.Equal(429, (int)(await platform.Http.GetAsync("/v2/user/info/")).StatusCode);
        var listed = await visitor.GetAsync("/console/faults");
        Assert.Contains("2 calls", Assert.Single(listed.Page.QuerySelectorAll("tr[data-fault]")).TextContent, StringComparison.Ordinal);

        await visitor.SubmitAsync(listed, "/console/faults/stop");

        Assert.Empty((await visitor.GetAsync("/console/faults")).Page.QuerySelectorAll("tr[data-fault]"));
        Assert.Equal(401, (int)(await platform.Http.GetAsync("/v2/user/info/")).StatusCode);
    }

    [Fact]
    public async Task Settings_that_are_as_configured_are_not_set_and_others_are()
    {
        await using var platform = await PlatformUnderTest.StartAsync(demo: true);
        using var visitor = platform.Visitor();
        var page = await visitor.GetAsync("/console/settings");

        Assert.Equal(422, (await visitor.SubmitAsync(page, "/console/settings", ("access_token_lifetime", "never"))).Status);
        Assert.Equal(303, (await visitor.SubmitAsync(page, "/console/settings", ("access_token_lifetime", "24h"), ("refresh_mode", "grace"))).Status);

        var rows = await platform.Database.ReadAsync(session => session.ListAsync<string>("select name || '=' || value from platform_setting order by name"));
        Assert.Equal(["access_token_lifetime=24h", "refresh_mode=grace"], rows);
        await visitor.SubmitAsync(await visitor.GetAsync("/console/settings"), "/console/settings/reset");
        Assert.Empty(await platform.Database.ReadAsync(session => session.ListAsync<string>("select name from platform_setting")));
    }

    [Fact]
    public async Task The_clock_is_moved_by_button_and_by_word_and_taken_back()
    {
        await using var platform = await PlatformUnderTest.StartAsync(demo: true);
        using var visitor = platform.Visitor();

        await visitor.SubmitAsync(await visitor.GetAsync("/console/clock"), "/console/clock", ("by", "30d"));
        await visitor.SubmitAsync(await visitor.GetAsync("/console/clock"), "/console/clock", ("by", "1d12h"));
        Assert.Equal(422, (await visitor.SubmitAsync(await visitor.GetAsync("/console/clock"), "/console/clock", ("by", "later"))).Status);
        var moved = await visitor.GetAsync("/console/clock");

        Assert.Contains("31d12h ahead", moved.Text, StringComparison.Ordinal);
        await visitor.SubmitAsync(moved, "/console/clock/back");
        Assert.Equal(platform.Clock.GetUtcNow(), platform.Service<TimeProvider>().GetUtcNow());
    }

    [Fact]
    public async Task An_account_is_renamed_banned_and_deleted_from_its_page()
    {
        await using var platform = await PlatformUnderTest.StartAsync(demo: true);
        await PlatformApp.SeedDemoAsync(platform.App);
        using var visitor = platform.Visitor();

        var renamed = await visitor.SubmitAsync(await visitor.GetAsync("/console/accounts/chidi"), "/console/accounts/chidi/rename", ("user_name", "chidi.o"), ("display_name", "Chidi O."));
        Assert.Equal("/console/accounts/chidi.o?done=rename", renamed.Location);
        Assert.Equal(422, (await visitor.SubmitAsync(await visitor.GetAsync("/console/accounts/chidi.o"), "/console/accounts/chidi.o/rename", ("user_name", "ada"), ("display_name", "Chidi O."))).Status);
        await visitor.SubmitAsync(await visitor.GetAsync("/console/accounts/chidi.o"), "/console/accounts/chidi.o/ban");
        Assert.Contains("May not post", (await visitor.GetAsync("/console/accounts/chidi.o")).Text, StringComparison.Ordinal);
        await visitor.SubmitAsync(await visitor.GetAsync("/console/accounts/chidi.o"), "/console/accounts/chidi.o/delete");

        Assert.Equal(404, (await visitor.GetAsync("/console/accounts/chidi.o")).Status);
        Assert.DoesNotContain("chidi.o", (await visitor.GetAsync("/console/accounts?search=chidi")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_manual_review_an_app_waits_here_and_is_decided_with_reasons()
    {
        await using var platform = await ConsoleCaller.WithConsoleAsync();
        await platform.DoAsync(HttpMethod.Put, "/settings", new { app_review = "manual" });
        using var developer = await Developer.SignUpAsync(platform, "dev");
        await platform.DoAsync(HttpMethod.Put, "/settings", new { app_review = "automatic" });
        var app = await developer.ConnectAsync();
        await platform.DoAsync(HttpMethod.Put, "/settings", new { app_review = "manual" });
        // As a submission leaves it: the draft beside what is live, and the state that says it waits.
        await platform.Database.WriteAsync(async session =>
        {
            await session.RunAsync("""insert into app_draft (app_id, document, saved_at) select id, '{"redirects":[{"platform":"Desktop","uri":"http://127.0.0.1:*/moved/"}]}', 0 from app where id = @Id""", new { app.Id });
            await session.RunAsync("update app set review_state = 'in_review' where id = @Id", new { app.Id });
        });
        using var visitor = platform.Visitor();
        await visitor.GetAsync($"/console/enter?token={platform.Service<ConsoleToken>().Reveal()}");
        var page = await visitor.GetAsync("/console/reviews");

        Assert.Contains("http://127.0.0.1:*/moved/", page.Page.QuerySelector(".changes")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(422, (await visitor.SubmitAsync(page, $"/console/reviews/{app.Id}", ("decision", "approve"), ("seen", "7"))).Status);
        Assert.Equal(422, (await visitor.SubmitAsync(page, $"/console/reviews/{app.Id}", ("decision", "refuse"))).Status);
        Assert.Equal(303, (await visitor.SubmitAsync(page, $"/console/reviews/{app.Id}", ("decision", "refuse"), ("comments", "Say what it is for."))).Status);

        Assert.Equal(404, (await platform.ConsoleAsync(HttpMethod.Post, $"/reviews/{app.ClientKey}/approve", "{}")).Status);
        Assert.Contains("Say what it is for.", (await developer.GetAsync(app, "/review")).Text, StringComparison.Ordinal);
    }
}
