using Holdfast.Specs.Platform.Authorize;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Attacks;

/// <summary>Attack case 82: the second factor cannot be guessed and works once.</summary>
public sealed class SecondFactorGuessingSpecs
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Case_82_a_code_works_once_however_many_browsers_send_it_at_once(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        using var browser = platform.Visitor();
        var ada = await platform.WithTotpAsync(browser, "ada");
        var thieves = Enumerable.Range(0, 4).Select(_ => platform.Visitor()).ToList();
        var steps = new List<Visit>();
        foreach (var thief in thieves)
            steps.Add(await thief.PasswordAsync("ada"));

        var answers = await Task.WhenAll(thieves.Zip(steps, (thief, step) => thief.CodeAsync(step, ada.Code())));

        Assert.Single(answers, answer => answer.Status == 303);
        Assert.Equal(422, (await thieves[0].CodeAsync(await AgainAsync(thieves[0]), ada.Code())).Status);
        platform.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(303, (await thieves[0].CodeAsync(await AgainAsync(thieves[0]), ada.Code())).Status);
        thieves.ForEach(thief => thief.Dispose());

        static async Task<Visit> AgainAsync(Visitor visitor)
        {
            if (await visitor.IsInAsync())
                await visitor.SubmitAsync(await visitor.GetAsync("/"), "/logout");
            return await visitor.PasswordAsync("ada");
        }
    }

    [Theory]
    [InlineData(-2, 422)]
    [InlineData(-1, 303)]
    [InlineData(1, 303)]
    [InlineData(2, 422)]
    public async Task Case_82_a_code_two_steps_away_is_refused(int steps, int status)
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        using var browser = platform.Visitor();
        var ada = await platform.WithTotpAsync(browser, "ada");
        platform.Clock.Advance(TimeSpan.FromMinutes(5));
        using var other = platform.Visitor();

        Assert.Equal(status, (await other.CodeAsync(await other.PasswordAsync("ada"), ada.Code(steps))).Status);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Case_82_a_hundred_guesses_are_slowed_down_and_lock_nobody_out(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        using var browser = platform.Visitor();
        var ada = await platform.WithTotpAsync(browser, "ada");
        using var thief = platform.Visitor();
        var statuses = new List<int>();
        for (var round = 0; round < 10; round++)
        {
            var step = await thief.PasswordAsync("ada");
            statuses.AddRange((await Task.WhenAll(Enumerable.Range(0, 10).Select(guess => thief.CodeAsync(step, $"{round}{guess}0000")))).Select(answer => answer.Status));
        }

        Assert.DoesNotContain(303, statuses);
        Assert.InRange(statuses.Count(status => status == 422), 1, 6);
        Assert.Equal(429, (await thief.CodeAsync(await thief.PasswordAsync("ada"), ada.Code())).Status);
        using var known = platform.Visitor();
        Assert.Equal(303, (await known.CodeAsync(await known.PasswordAsync("ada"), ada.RecoveryCodes[0])).Status);
        platform.Clock.Advance(TimeSpan.FromMinutes(10));
        using var phone = platform.Visitor();
        Assert.Equal(303, (await phone.CodeAsync(await phone.PasswordAsync("ada"), ada.Code())).Status);
    }

    [Fact]
    public async Task Case_82_ten_wrong_codes_and_ten_minutes_end_a_step_which_is_begun_again_with_the_password()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        using var browser = platform.Visitor();
        var ada = await platform.WithTotpAsync(browser, "ada");
        using var other = platform.Visitor();
        var step = await other.PasswordAsync("ada");
        for (var miss = 0; miss < 10; miss++)
            await other.CodeAsync(step, "not-a-code");
        Assert.Equal(403, (await other.CodeAsync(step, ada.RecoveryCodes[0])).Status);
        Assert.Equal("/login", (await other.GetAsync("/login/code")).Location);

        step = await other.PasswordAsync("ada");
        platform.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(403, (await other.CodeAsync(step, ada.Code())).Status);
        Assert.Equal(303, (await other.CodeAsync(await other.PasswordAsync("ada"), ada.Code())).Status);
    }

    [Fact]
    public async Task Case_82_a_code_posted_to_another_logins_step_is_refused()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        using var first = platform.Visitor();
        using var second = platform.Visitor();
        var ada = await platform.WithTotpAsync(first, "ada");
        await platform.WithTotpAsync(second, "bruno");
        using var thief = platform.Visitor();
        var step = await thief.PasswordAsync("bruno");

        Assert.Equal(422, (await thief.CodeAsync(step, ada.Code())).Status);
        Assert.Equal(422, (await thief.CodeAsync(step, ada.RecoveryCodes[0])).Status);
        Assert.False(await thief.IsInAsync());
        using var adas = platform.Visitor();
        Assert.Equal(303, (await adas.CodeAsync(await adas.PasswordAsync("ada"), ada.RecoveryCodes[0])).Status);
    }

    [Fact]
    public async Task Case_82_the_first_factor_alone_reaches_neither_consent_nor_settings()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var app = await platform.AppAsync();
        using var browser = platform.Visitor();
        var ada = await platform.WithTotpAsync(browser, "ada");
        using var thief = platform.Visitor();
        var step = await thief.PasswordAsync("ada", AuthorizePages.Request(app));

        Assert.StartsWith("/login?next=", (await thief.GetAsync(AuthorizePages.Request(app))).Location, StringComparison.Ordinal);
        Assert.StartsWith("/login?next=", (await thief.GetAsync(FactorPages.Factors)).Location, StringComparison.Ordinal);
        var token = step.Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        Assert.Equal(403, (await thief.PostAsync(AuthorizePages.Answer, ("__RequestVerificationToken", token), ("request", "x"), ("decision", "authorize"))).Status);

        var through = await thief.CodeAsync(step, ada.Code());
        Assert.Equal((303, AuthorizePages.Request(app)), (through.Status, through.Location));
        Assert.Contains("Authorize", (await thief.GetAsync(through.Location!)).Text, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Case_82_a_recovery_code_works_once_and_the_page_tells_how_many_are_left(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        using var browser = platform.Visitor();
        var ada = await platform.WithTotpAsync(browser, "ada");
        Assert.Equal(10, ada.RecoveryCodes.Distinct().Count());
        using var one = platform.Visitor();
        using var two = platform.Visitor();
        var (first, second) = (await one.PasswordAsync("ada"), await two.PasswordAsync("ada"));

        var answers = await Task.WhenAll(one.CodeAsync(first, ada.RecoveryCodes[3]), two.CodeAsync(second, ada.RecoveryCodes[3].ToUpperInvariant()));

        Assert.Single(answers, answer => answer.Status == 303);
        Assert.Contains("9 recovery codes are left", (await browser.GetAsync(FactorPages.Factors)).Text, StringComparison.Ordinal);
        var fresh = await browser.SubmitAsync(await browser.GetAsync(FactorPages.Factors), FactorPages.Factors + "/codes", ("proof", ada.Code()));
        Assert.Equal(10, fresh.Page.QuerySelector("#recovery-codes")!.TextContent.Split('\n').Length);
        using var late = platform.Visitor();
        Assert.Equal(422, (await late.CodeAsync(await late.PasswordAsync("ada"), ada.RecoveryCodes[4])).Status);
    }
}
