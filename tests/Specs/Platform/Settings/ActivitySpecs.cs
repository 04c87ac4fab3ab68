using Holdfast.People.Activity;
using Holdfast.People.Email;
using Holdfast.People.SignIn;
using Holdfast.Platform;
using Holdfast.Shell.Hosting;
using Holdfast.Shell.Language;
using Holdfast.Specs.Platform.Attacks;
using Holdfast.Specs.Platform.Authorize;
using Holdfast.Specs.Platform.Qr;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Settings;

public sealed class ActivitySpecs
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Fact]
    public void Every_kind_of_activity_and_all_its_details_have_words()
    {
        var table = new TextTable([typeof(AppIdentity).Assembly, typeof(Holdfast.People.PeopleStore).Assembly, typeof(PlatformApp).Assembly]);
        string[] keys =
        [
            .. Enum.GetNames<ActivityKind>().Select(kind => $"activity.{kind}"),
            .. Enum.GetNames<SignInMethod>().Select(method => $"activity.method.{method}"),
            .. Enum.GetNames<CodePurpose>().Select(purpose => $"activity.code.{purpose}"),
            .. new[] { "Password", "Code", "EmailCode" }.Select(with => $"activity.failed.{with}"),
        ];

        Assert.DoesNotContain(keys, key => !table.Has(key));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Failed_log_ins_are_written_down_once_a_minute_however_many_there_are(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        var ada = await platform.PersonAsync("ada");
        using var thief = platform.Visitor();
        var page = await thief.GetAsync("/login");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => GuessAsync("ada")));
        await GuessAsync("ada@example.test");
        await GuessAsync("nobody");
        Assert.Equal(1, await FailuresAsync());
        platform.Clock.Advance(TimeSpan.FromMinutes(2));
        await GuessAsync("ada");
        Assert.Equal(2, await FailuresAsync());

        using var browser = platform.Visitor();
        platform.Clock.Advance(TimeSpan.FromMinutes(2));
        await browser.LogInAsync("ada");
        var text = (await browser.GetAsync("/settings/activity")).Text;
        Assert.Contains("Somebody tried to log in", text, StringComparison.Ordinal);
        Assert.Contains("with a wrong password", text, StringComparison.Ordinal);

        Task<Visit> GuessAsync(string login) => thief.SubmitAsync(page, "/login", ("username", login), ("password", "not this one"));

        Task<long> FailuresAsync() => platform.Database.ReadAsync(session => session.FirstAsync<long>("select count(*) from activity where kind = 'SignInFailed' and person_id = @Id", new { ada.Id }));
    }

    [Fact]
    public async Task Wrong_codes_of_a_letter_and_of_the_second_factor_are_written_down_too()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        await platform.ReachableAsync("ada");
        using var browser = platform.Visitor();
        await browser.LogInAsync("ada");
        await platform.EnrolAsync(browser);
        using var thief = platform.Visitor();
        await thief.SubmitAsync(await thief.GetAsync("/login/letter"), "/login/letter", ("username", "ada"));
        await thief.SubmitAsync(await thief.GetAsync("/login/letter/enter"), "/login/letter/enter", ("code", "wrong!"));
        platform.Clock.Advance(TimeSpan.FromMinutes(1));
        var step = await thief.PasswordAsync("ada");
        for (var miss = 0; miss < 3; miss++)
            await thief.CodeAsync(step, "not a code");

        var entries = (await browser.GetAsync("/settings/activity")).Text;

        Assert.Contains("with a wrong code from a letter", entries, StringComparison.Ordinal);
        Assert.Contains("with the password, but a wrong second-factor code", entries, StringComparison.Ordinal);
        Assert.Equal(2, await platform.Database.ReadAsync(session => session.FirstAsync<long>("select count(*) from activity where kind = 'SignInFailed'")));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Codes_asked_for_and_apps_let_in_and_removed_are_told_by_name(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        await platform.ReachableAsync("ada");
        var (pottery, television) = (await platform.AppAsync(), await platform.AppAsync("television"));
        using var stranger = platform.Visitor();
        await stranger.SubmitAsync(await stranger.GetAsync("/login/reset"), "/login/reset", ("username", "ada"));
        await stranger.SubmitAsync(await stranger.GetAsync("/login/letter"), "/login/letter", ("username", "nobody"));
        using var browser = platform.Visitor();
        await browser.LogInAsync("ada");
        await browser.SubmitAsync(await browser.OpenAsync(AuthorizePages.Request(pottery)), AuthorizePages.Answer, ("decision", "authorize"));
        await browser.SubmitAsync(await browser.GetAsync((await platform.DrawAsync(television)).Path), Scanning.Answer, ("decision", "confirm"));
        var apps = await browser.GetAsync("/settings/apps");
        var removed = apps.Page.QuerySelector("section.card h2")!.TextContent; // two apps are there
        await browser.SubmitAsync(apps, "/settings/apps/remove");
        await browser.SubmitAsync(apps, "/settings/apps/remove");

        var page = await browser.GetAsync("/settings/activity");

        var told = await platform.Database.ReadAsync(session => session.ListAsync<string>("select kind || ' ' || detail from activity where kind in ('CodeAsked', 'AppAuthorized', 'AppRemoved')"));
        Assert.Equal(["AppAuthorized pottery", "AppAuthorized television", $"AppRemoved {removed}", "CodeAsked Reset", "CodeAsked Verify"], told.Order(StringComparer.Ordinal));
        Assert.Contains("Code by letter asked for", page.Text, StringComparison.Ordinal);
        Assert.Contains("for a new password", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("activity.", page.Text, StringComparison.Ordinal);
    }
}
