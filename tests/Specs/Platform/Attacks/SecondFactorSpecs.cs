using Holdfast.People.SignIn;
using Holdfast.Platform;
using Holdfast.Specs.Platform.Authorize;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Attacks;

/// <summary>Attack cases 74, 75 and 83: the second factor cannot be borrowed or walked around. Guessing and reusing it (82) is <see cref="SecondFactorGuessingSpecs"/>.</summary>
public sealed class SecondFactorSpecs
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    public static TheoryData<SignInMethod> Doors => [.. Enum.GetValues<SignInMethod>().Where(method => method is not SignInMethod.Passkey)];

    [Theory, MemberData(nameof(Engines))]
    public async Task Case_74_a_new_session_begins_after_the_second_factor_and_the_old_one_lives_until_then_and_is_dead_afterwards(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        using var browser = platform.Visitor();
        var ada = await platform.WithTotpAsync(browser, "ada");
        var before = browser.CookieValue(FactorPages.Session)!;

        await browser.SubmitAsync(await browser.GetAsync("/"), "/logout");
        var page = await browser.PasswordAsync("ada");
        Assert.Null(browser.CookieValue(FactorPages.Session));
        await browser.CodeAsync(page, ada.Code());
        var first = browser.CookieValue(FactorPages.Session)!;

        platform.Clock.Advance(TimeSpan.FromSeconds(30));
        var token = (await browser.GetAsync("/settings/apps")).Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        await browser.PostAsync("/login", ("__RequestVerificationToken", token), ("username", "ada"), ("password", PlatformUnderTest.Password));
        Assert.Equal(first, browser.CookieValue(FactorPages.Session));
        Assert.True(await browser.IsInAsync());
        await browser.CodeAsync(await browser.GetAsync("/login/code"), ada.Code());
        var second = browser.CookieValue(FactorPages.Session)!;

        Assert.Equal(3, new[] { before, first, second }.Distinct().Count());
        Assert.True(await browser.IsInAsync());
        foreach (var dead in new[] { before, first })
        {
            using var thief = platform.Visitor();
            thief.Plant(FactorPages.Session, dead);
            Assert.False(await thief.IsInAsync());
        }
    }

    [Fact]
    public async Task Case_75_the_cookies_of_the_steps_are_out_of_reach_of_scripts_and_other_sites()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        using var browser = platform.AtLocalhost();
        await platform.WithTotpAsync(browser, "ada");
        using var other = platform.AtLocalhost();

        foreach (var (answer, name) in new[] { (await other.LogInAsync("ada"), FactorPages.Step), (await other.AskPasskeyAsync("ada"), "hf_platform_passkey") })
        {
            var cookie = answer.Answer.Headers.GetValues("Set-Cookie").Single(set => set.StartsWith(name + "=", StringComparison.Ordinal));
            Assert.Contains("; max-age=600; path=/; samesite=lax; httponly", cookie, StringComparison.Ordinal);
            Assert.DoesNotContain("domain", cookie, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task A_sign_in_under_way_does_not_outlive_the_factors_it_was_begun_with()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        using var browser = platform.Visitor();
        var ada = await platform.WithTotpAsync(browser, "ada");
        using var thief = platform.Visitor();
        var step = await thief.PasswordAsync("ada");
        Assert.Equal(303, (await browser.SubmitAsync(await browser.GetAsync(FactorPages.Factors), FactorPages.Factors + "/totp/remove", ("proof", ada.Code()))).Status);

        Assert.Equal(403, (await thief.CodeAsync(step, ada.RecoveryCodes[0])).Status);
        Assert.Equal("/login", (await thief.GetAsync("/login/code")).Location);
    }

    [Theory, MemberData(nameof(Doors))]
    public async Task Case_83_every_door_but_a_passkey_asks_for_the_second_factor(SignInMethod door)
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        using var browser = platform.Visitor();
        await platform.WithTotpAsync(browser, "ada");
        var ada = await platform.Service<Holdfast.People.PeopleStore>().FindByUserNameAsync("ada");
        var http = new DefaultHttpContext { RequestServices = platform.App.Services };

        var next = await platform.Service<FinishSignIn>().RunAsync(http, ada!.Id, door, "/settings/apps");

        Assert.Equal("/login/code", next);
        Assert.DoesNotContain(http.Response.Headers.SetCookie, cookie => cookie!.StartsWith(FactorPages.Session, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Case_83_one_click_as_a_demo_person_asks_too_once_they_have_an_authenticator_app()
    {
        await using var platform = await PlatformUnderTest.StartAsync(demo: true);
        await PlatformApp.SeedDemoAsync(platform.App);
        using var browser = platform.Visitor();
        await browser.SubmitAsync(await browser.GetAsync("/login"), "/login/demo", ("username", "ada"));
        await platform.EnrolAsync(browser);
        using var other = platform.Visitor();

        Assert.Equal("/login/code", (await other.SubmitAsync(await other.GetAsync("/login"), "/login/demo", ("username", "ada"))).Location);
        Assert.False(await other.IsInAsync());
    }

    [Fact]
    public async Task Case_83_another_users_step_cookie_signs_in_as_that_user_only()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        using var adas = platform.Visitor();
        await platform.WithTotpAsync(adas, "ada");
        using var thief = platform.Visitor();
        var mallory = await platform.WithTotpAsync(thief, "mallory");
        await thief.SubmitAsync(await thief.GetAsync("/"), "/logout");
        await thief.PasswordAsync("mallory");
        var own = thief.CookieValue(FactorPages.Step)!;
        await thief.PasswordAsync("ada");
        thief.Plant(FactorPages.Step, own);

        Assert.Equal(303, (await thief.CodeAsync(await thief.GetAsync("/login/code"), mallory.Code())).Status);
        Assert.Contains("@mallory", (await thief.GetAsync("/settings/apps")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case_83_removing_a_passkey_leaves_the_authenticator_app_asked_for()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        using var passkey = new SoftPasskey(platform.Origin());
        using var browser = platform.AtLocalhost();
        var ada = await platform.WithTotpAsync(browser, "ada");
        Assert.Equal(303, (await browser.AddPasskeyAsync(passkey)).Status);

        var page = await browser.GetAsync(FactorPages.Factors);
        Assert.Equal(422, (await browser.SubmitAsync(page, FactorPages.Factors + "/passkeys/remove", ("id", page.PasskeyId()), ("proof", "not this one"))).Status);
        Assert.Equal(303, (await browser.SubmitAsync(page, FactorPages.Factors + "/passkeys/remove", ("id", page.PasskeyId()), ("proof", ada.Code()))).Status);

        using var other = platform.AtLocalhost();
        await other.PasswordAsync("ada");
        Assert.False(await other.IsInAsync());
        platform.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(422, (await browser.SubmitAsync(await browser.GetAsync(FactorPages.Factors), FactorPages.Factors + "/totp/remove", ("proof", "not this one"))).Status);
        Assert.Equal(303, (await browser.SubmitAsync(await browser.GetAsync(FactorPages.Factors), FactorPages.Factors + "/totp/remove", ("proof", PlatformUnderTest.Password))).Status);
        Assert.Equal("/", (await other.LogInAsync("ada")).Location);
    }

    [Theory]
    [InlineData("/totp")]
    [InlineData("/passkeys")]
    [InlineData("/codes")]
    [InlineData("/totp/remove")]
    public async Task Case_83_a_stolen_session_changes_no_factor_without_the_password_or_a_code(string form)
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        using var browser = platform.AtLocalhost();
        var ada = await platform.WithTotpAsync(browser, "ada");
        if (form is "/totp")
            await browser.SubmitAsync(await browser.GetAsync(FactorPages.Factors), FactorPages.Factors + "/totp/remove", ("proof", ada.Code()));
        platform.Clock.Advance(TimeSpan.FromMinutes(11));
        var page = await browser.GetAsync(FactorPages.Factors);

        Assert.Equal(422, (await browser.SubmitAsync(page, FactorPages.Factors + form, ("proof", ""))).Status);
        Assert.Equal(422, (await browser.SubmitAsync(page, FactorPages.Factors + form, ("proof", "not this one"))).Status);
        Assert.InRange((await browser.SubmitAsync(page, FactorPages.Factors + form, ("proof", PlatformUnderTest.Password))).Status, 200, 303);
    }

    [Fact]
    public async Task A_change_of_factors_signs_every_other_browser_out_and_is_written_down()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        await platform.PersonAsync("ada");
        using var desk = platform.Visitor();
        using var phone = platform.Visitor();
        await desk.LogInAsync("ada");
        await phone.LogInAsync("ada");
        await platform.EnrolAsync(desk);

        Assert.True(await desk.IsInAsync());
        Assert.False(await phone.IsInAsync());
        var ada = await platform.Service<Holdfast.People.PeopleStore>().FindByUserNameAsync("ada");
        var entries = await platform.Service<Holdfast.People.Activity.ActivityLog>().ListAsync(ada!.Id, 10);
        Assert.Contains(entries, entry => entry.Kind is Holdfast.People.Activity.ActivityKind.TotpAdded);
    }
}
