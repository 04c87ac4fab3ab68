using System.Security.Cryptography;
using System.Text;
using Holdfast.Specs.Platform.Authorize;

namespace Holdfast.Specs.Platform.Attacks;

/// <summary>Attack case 81: guessing is slowed down per account, per address and altogether, and nobody is locked out by it.</summary>
public sealed class GuessingSpecs
{
    [Fact]
    public async Task Case_81_a_hundred_wrong_passwords_on_one_account_are_mostly_turned_away_and_the_right_one_works_after_the_wait()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        await platform.PersonAsync("ada");
        using var browser = platform.Visitor();
        var page = await browser.GetAsync("/login");
        var answers = new List<int>();
        for (var i = 0; i < Volume.Of(15, 100); i++)
            answers.Add((await browser.SubmitAsync(page, "/login", ("username", i % 2 == 0 ? "ada" : " ADA "), ("password", $"guess number {i}"))).Status);

        Assert.Equal(5, answers.Count(status => status == 422)); // however the name is written
        Assert.All(answers.Skip(5), status => Assert.Equal(429, status));
        platform.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(303, (await browser.LogInAsync("ada")).Status);
    }

    [Fact]
    public async Task Case_81_one_password_over_many_accounts_stops_at_the_address_and_only_there()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        await platform.PersonAsync("ada");
        using var spray = platform.VisitorFrom(1);
        var page = await spray.GetAsync("/login");
        var answers = new List<int>();
        for (var i = 0; i < Volume.Of(24, 1_000); i++)
            answers.Add((await spray.SubmitAsync(page, "/login", ("username", $"somebody{i}"), ("password", "Summer2026!"))).Status);

        Assert.Equal(20, answers.Count(status => status == 422));
        using var elsewhere = platform.VisitorFrom(2);
        Assert.Equal(303, (await elsewhere.LogInAsync("ada")).Status);
    }

    [Fact]
    public async Task Case_81_guesses_from_many_addresses_stop_at_the_account_and_the_owner_does_not_wait_where_they_always_sign_in()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        await platform.PersonAsync("ada");
        using var home = platform.VisitorFrom(0);
        await home.LogInAsync("ada");
        var answers = new List<int>();
        for (var i = 1; i <= Volume.Of(9, 100); i++)
        {
            using var bot = platform.VisitorFrom(i);
            answers.Add((await bot.LogInAsync("ada", $"guess number {i}")).Status);
        }

        Assert.Equal(5, answers.Count(status => status == 422));
        using var owner = platform.VisitorFrom(0);
        Assert.Equal(303, (await owner.LogInAsync("ada")).Status);
    }

    [Fact]
    public async Task Case_81_under_pressure_from_everywhere_strangers_get_fewer_tries_and_nobody_waits_for_somebody_else()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        await platform.PersonAsync("ada");
        // What a thousand wrong tries within a quarter of an hour leave behind.
        var everybody = "Everybody:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("")))[..32];
        await platform.Database.WriteAsync(session => session.RunAsync("insert into sign_in_failure (subject, failures, last_at) values (@everybody, 1000, @now)", new { everybody, now = platform.Clock.GetUtcNow() }));

        using var bot = platform.VisitorFrom(1);
        var answers = new List<int>();
        for (var i = 0; i < 8; i++)
            answers.Add((await bot.LogInAsync($"somebody{i}", "Summer2026!")).Status);
        using var stranger = platform.VisitorFrom(2);

        Assert.Equal(5, answers.Count(status => status == 422));
        Assert.Equal(303, (await stranger.LogInAsync("ada")).Status);
    }

    [Fact]
    public async Task Case_81_codes_in_letters_take_five_tries_and_an_hour_brings_five_letters()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        await platform.ReachableAsync("ada");
        using var browser = platform.Visitor();
        await browser.SubmitAsync(await browser.GetAsync("/login/letter"), "/login/letter", ("username", "ada"));
        var code = await platform.CodeToAsync("ada@example.test");
        var page = await browser.GetAsync("/login/letter/enter");

        var guesses = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => browser.SubmitAsync(page, "/login/letter/enter", ("code", "wrong!"))));
        Assert.All(guesses, guess => Assert.Equal(422, guess.Status));
        Assert.Equal(422, (await browser.SubmitAsync(page, "/login/letter/enter", ("code", code))).Status);

        for (var i = 0; i < 9; i++)
            Assert.Equal(303, (await browser.SubmitAsync(await browser.GetAsync("/login/letter"), "/login/letter", ("username", "ada"))).Status);
        Assert.Equal(5, (await platform.LettersToAsync("ada@example.test")).Count(letter => letter.Contains("code to log in", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Case_81_a_code_works_once_within_ten_minutes_in_the_browser_that_asked_and_for_nothing_else()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        await platform.ReachableAsync("ada");
        using var browser = platform.Visitor();
        await browser.SubmitAsync(await browser.GetAsync("/login/letter?next=%2Fsettings%2Fapps"), "/login/letter", ("username", "ada@example.test"));
        var code = await platform.CodeToAsync("ada@example.test");

        using var thief = platform.Visitor();
        await thief.SubmitAsync(await thief.GetAsync("/login/letter"), "/login/letter", ("username", "nobody"));
        Assert.Equal(422, (await thief.SubmitAsync(await thief.GetAsync("/login/letter/enter"), "/login/letter/enter", ("code", code))).Status);
        Assert.Equal(422, (await browser.SubmitAsync(await browser.GetAsync("/login/reset/code"), "/login/reset/code", ("code", code), ("password", "a long enough one"))).Status);

        var page = await browser.GetAsync("/login/letter/enter?next=%2Fsettings%2Fapps");
        var both = await Task.WhenAll(browser.SubmitAsync(page, "/login/letter/enter", ("code", code)), browser.SubmitAsync(page, "/login/letter/enter", ("code", code)));
        Assert.Equal("/settings/apps", Assert.Single(both, answer => answer.Status == 303).Location);

        await browser.SubmitAsync(await browser.GetAsync("/settings/security"), "/logout");
        await browser.SubmitAsync(await browser.GetAsync("/login/letter"), "/login/letter", ("username", "ada"));
        var late = await platform.CodeToAsync("ada@example.test");
        platform.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(422, (await browser.SubmitAsync(await browser.GetAsync("/login/letter/enter"), "/login/letter/enter", ("code", late))).Status);
    }
}
