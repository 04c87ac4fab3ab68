using Holdfast.People.Passwords;
using Holdfast.People.SecondFactor;
using Holdfast.People.Sessions;
using Holdfast.Shell.Language;
using Holdfast.Specs.People;
using Holdfast.Specs.Platform.Authorize;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Attacks;

/// <summary>Attack cases 61 and 74: of a change of credentials and whatever else somebody does at that moment, the change is the last word.</summary>
public sealed class CredentialRaceSpecs
{
    private const string OtherPassword = "another battery altogether";

    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    // Left to themselves they hardly ever meet, so here they do. Both take the person's row first: otherwise each may have what the other waits for (the step; the person, for the session's foreign key),
    // and PostgreSQL takes a second to undo one of them. Who wins is right even then, so the order of the locks is what is looked at. SQLite has one writer.
    [Theory]
    [InlineData("password")]
    [InlineData("passkey")]
    public async Task Case_61_a_change_waits_for_a_second_factor_under_way_and_ends_what_it_began(string what)
    {
        Assert.SkipWhen(DatabaseUnderTest.PostgresServer is null, "Needs the PostgreSQL that ./test starts.");
        await using var platform = await PlatformUnderTest.StartAsync(Engine.PostgreSql);
        using var owner = platform.AtLocalhost();
        using var thief = platform.Visitor();
        using var passkey = new SoftPasskey(platform.Origin());
        var ada = await platform.WithTotpAsync(owner, "ada");
        Assert.InRange((await owner.AddPasskeyAsync(passkey)).Status, 200, 303);
        var step = await AfterPasswordAsync(thief, PlatformUnderTest.Password);
        var page = await owner.GetAsync(what == "password" ? "/settings/security" : FactorPages.Factors);

        var (code, change) = await HeldRow.WhileAsync(platform.Database, "sign_in_step", null, async row =>
        {
            var code = thief.CodeAsync(step, ada.Code());
            await row.UntilWaitingAsync(code);
            Assert.False(await row.IsFreeAsync("person where user_name = 'ada'"));
            var change = what == "password"
                ? owner.SubmitAsync(page, "/settings/security/password", ("password", PlatformUnderTest.Password), ("newPassword", OtherPassword))
                : owner.SubmitAsync(page, FactorPages.Factors + "/passkeys/remove", ("id", page.PasskeyId()), ("proof", PlatformUnderTest.Password));
            await row.UntilWaitingAsync(code, change);
            return (code, change);
        });

        Assert.Equal((303, 303), ((await code).Status, (await change).Status));
        Assert.False(await thief.IsInAsync());
        Assert.True(await owner.IsInAsync());
    }

    // The same for an answer to an app: its session's row, and the person's before it.
    [Fact]
    public async Task Case_61_a_new_password_waits_for_an_answer_under_way_and_ends_its_code()
    {
        Assert.SkipWhen(DatabaseUnderTest.PostgresServer is null, "Needs the PostgreSQL that ./test starts.");
        await using var platform = await PlatformUnderTest.StartAsync(Engine.PostgreSql);
        var app = await platform.AppAsync();
        using var thief = await platform.SignedInVisitorAsync("ada");
        var asked = await thief.OpenAsync(AuthorizePages.Request(app));
        var thiefs = (await platform.Service<SessionStore>().FindAsync(thief.CookieValue(FactorPages.Session)!))!.Digest; // signed in
        using var owner = await platform.SignedInVisitorAsync("ada");
        var page = await owner.GetAsync("/settings/security");

        var (answer, change) = await HeldRow.WhileAsync(platform.Database, "session where digest = @thiefs", new { thiefs }, async row =>
        {
            var answer = thief.SubmitAsync(asked, AuthorizePages.Answer, ("decision", "authorize"));
            await row.UntilWaitingAsync(answer);
            Assert.False(await row.IsFreeAsync("person where user_name = 'ada'"));
            var change = owner.SubmitAsync(page, "/settings/security/password", ("password", PlatformUnderTest.Password), ("newPassword", OtherPassword));
            await row.UntilWaitingAsync(answer, change);
            return (answer, change);
        });

        Assert.Equal((303, 303), ((await answer).Status, (await change).Status));
        Assert.Equal("invalid_grant", (await platform.RedeemAsync(app, (await answer).Query["code"])).Error);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Case_61_a_second_factor_that_races_the_removal_of_another_one_leaves_nobody_signed_in(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        using var owner = platform.AtLocalhost();
        using var passkey = new SoftPasskey(platform.Origin());
        var ada = await platform.WithTotpAsync(owner, "ada");
        for (var round = 0; round < Volume.Of(8, 100); round++)
        {
            Assert.InRange((await owner.AddPasskeyAsync(passkey)).Status, 200, 303);
            using var thief = platform.Visitor();
            var step = await AfterPasswordAsync(thief, PlatformUnderTest.Password);
            var page = await owner.GetAsync(FactorPages.Factors);

            var (change, _) = await AtOnceAsync(
                owner.SubmitAsync(page, FactorPages.Factors + "/passkeys/remove", ("id", page.PasskeyId()), ("proof", PlatformUnderTest.Password)), thief.CodeAsync(step, ada.Code()));

            Assert.Equal(303, change.Status);
            Assert.False(await thief.IsInAsync(), $"round {round}");
            platform.Clock.Advance(TimeSpan.FromSeconds(30));
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Case_61_a_silent_answer_that_races_a_new_password_leaves_no_living_code(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        using var owner = platform.Visitor();
        await owner.LogInAsync("ada");
        await platform.CodeAsync(app, ada);
        var (old, fresh) = (PlatformUnderTest.Password, OtherPassword);
        for (var round = 0; round < Volume.Of(8, 100); round++)
        {
            using var thief = platform.Visitor();
            await thief.LogInAsync("ada", old);
            var page = await owner.GetAsync("/settings/security");

            var (change, silent) = await AtOnceAsync(
                owner.SubmitAsync(page, "/settings/security/password", ("password", old), ("newPassword", fresh)), thief.GetAsync(AuthorizePages.Request(app, ("scope", "user.info.basic,video.list"))));

            Assert.Equal(303, change.Status);
            if (silent is { Status: 302, Location: not ['/', ..] })
                Assert.Equal("invalid_grant", (await platform.RedeemAsync(app, silent.Query["code"])).Error);
            (old, fresh) = (fresh, old);
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Of_two_new_passwords_at_once_one_counts_and_the_other_browser_is_signed_out(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        await platform.PersonAsync("ada");
        var password = PlatformUnderTest.Password;
        for (var round = 0; round < Volume.Of(5, 50); round++)
        {
            Visitor[] browsers = [platform.Visitor(), platform.Visitor()];
            var pages = new List<Visit>();
            foreach (var browser in browsers)
            {
                await browser.LogInAsync("ada", password);
                pages.Add(await browser.GetAsync("/settings/security"));
            }

            var answers = await Task.WhenAll(browsers.Select((browser, which) =>
                browser.SubmitAsync(pages[which], "/settings/security/password", ("password", password), ("newPassword", $"battery of {which} in round {round}"))));

            Assert.True(answers.Count(answer => answer.Status == 303 && answer.Location!.StartsWith("/settings/", StringComparison.Ordinal)) == 1, string.Join('\n', answers.Select(answer => $"{answer.Status} {answer.Location} {answer.Text}")));
            var winner = Array.FindIndex(answers, answer => answer.Status == 303);
            Assert.True(await browsers[winner].IsInAsync());
            Assert.False(await browsers[1 - winner].IsInAsync());
            password = $"battery of {winner} in round {round}";
            using var later = platform.Visitor();
            Assert.Equal((303, "/"), ((await later.LogInAsync("ada", password)) is var visit ? visit.Status : 0, visit.Location));
            Array.ForEach(browsers, browser => browser.Dispose());
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Case_74_a_session_that_ended_on_the_way_changes_nothing(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        var ada = await platform.PersonAsync("ada");
        var factors = platform.Service<ChangeFactors>();
        var seed = Base32.Decode((await factors.BeginTotpAsync(ada.Id, CancellationToken.None))!.Grouped.Replace(" ", "", StringComparison.Ordinal)); // there is no app yet
        var code = Totp.CodeAt(seed, Totp.StepAt(platform.Clock.GetUtcNow()));
        var http = await Caller.SignedInAsync(platform.App.Services, ada.Id);
        using var scope = platform.App.Services.CreateScope();

        await platform.Database.WriteAsync(session => platform.Service<SessionStore>().EndAllAsync(session, ada.Id));

        Assert.IsType<FactorAdded.Refused>(await factors.ConfirmTotpAsync(http, ada.Id, code));
        Assert.IsType<PasswordResult.SignInAgain>(await platform.Service<ChangePassword>().RunAsync(http, PlatformUnderTest.Password, OtherPassword, scope.ServiceProvider.GetRequiredService<Texts>()));
        Assert.Equal(0, http.Response.Headers.SetCookie.Count);
        Assert.False((await platform.Service<Factors>().OfAsync(ada.Id)).Any);
        using var browser = platform.Visitor();
        Assert.Equal(303, (await browser.LogInAsync("ada")).Status);
    }

    private static async Task<(Visit, Visit)> AtOnceAsync(Task<Visit> one, Task<Visit> other) => (await one, await other);

    private static async Task<Visit> AfterPasswordAsync(Visitor browser, string password)
    {
        Assert.Equal("/login/code", (await browser.LogInAsync("ada", password)).Location);
        return await browser.GetAsync("/login/code");
    }
}
