using Holdfast.Specs.Platform.Authorize;

namespace Holdfast.Specs.Platform.Attacks;

/// <summary>Attack case 80: nothing tells whether an account exists, but a user name, which is public.</summary>
public sealed class EnumerationSpecs
{
    [Theory]
    [InlineData("/login")]
    [InlineData("/login/letter")]
    [InlineData("/login/reset")]
    public async Task Case_80_known_and_unknown_accounts_get_the_same_answer(string path)
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        await platform.ReachableAsync("adalin");
        await platform.PersonAsync("unprov"); // has an address, never proven

        var answers = new List<string>();
        foreach (var login in new[] { "adalin", "nobody", "unprov", "adalin@example.test", "nobody@example.test" })
            answers.Add(await AnswerAsync(platform, path, login));

        Assert.Single(answers.Distinct());
    }

    [Theory]
    [InlineData("/login/letter", "/login/letter/enter")]
    [InlineData("/login/reset", "/login/reset/code")]
    public async Task Case_80_a_wrong_code_reads_the_same_for_an_account_that_is_not_there_and_so_does_a_used_up_one(string ask, string enter)
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        await platform.ReachableAsync("adalin");

        var answers = new List<string>();
        foreach (var login in new[] { "adalin", "nobody" })
        {
            using var browser = platform.Visitor();
            await browser.SubmitAsync(await browser.GetAsync(ask), ask, ("username", login));
            for (var i = 0; i < 7; i++)
            {
                var wrong = await browser.SubmitAsync(await browser.GetAsync(enter), enter, ("code", "x"), ("password", "a long enough one"));
                answers.Add($"{wrong.Status} {Plain(wrong)}");
            }
        }

        Assert.Single(answers.Distinct());
    }

    [Fact]
    public async Task Case_80_signing_up_with_somebodys_address_looks_like_signing_up_with_a_free_one_and_the_owner_is_told()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        await platform.ReachableAsync("adalin");

        var pages = new List<string>();
        foreach (var (name, email) in new[] { ("eve", "adalin@example.test"), ("eva", "unused@example.test") })
        {
            using var browser = platform.Visitor();
            var done = await browser.SubmitAsync(await browser.GetAsync("/signup"), "/signup", ("username", name), ("email", email), ("password", PlatformUnderTest.Password));
            var settings = await browser.GetAsync("/settings/security");
            var wrong = await browser.SubmitAsync(settings, "/settings/security/email/code", ("code", "123"));
            pages.Add(string.Join('\n', done.Status, done.Location, Headers(done), Plain(settings), wrong.Status, Plain(wrong)).Replace(email, "ADDRESS", StringComparison.Ordinal).Replace("@" + name, "@NAME", StringComparison.Ordinal));
        }

        Assert.Equal(pages[0], pages[1]);
        Assert.Contains("already belongs to yours", (await platform.LettersToAsync("adalin@example.test"))[0], StringComparison.Ordinal);
        Assert.Contains("Code:", (await platform.LettersToAsync("unused@example.test"))[0], StringComparison.Ordinal);
        // The address opens the account of whoever proved it, and no other.
        using var owner = platform.Visitor();
        Assert.Equal(303, (await owner.LogInAsync("adalin@example.test")).Status);
        Assert.Contains("@adalin", (await owner.GetAsync("/settings/security")).Text, StringComparison.Ordinal);
        using var stranger = platform.Visitor();
        Assert.Equal(422, (await stranger.LogInAsync("unused@example.test")).Status);
    }

    [Fact]
    public async Task Case_80_an_address_somebody_only_named_gives_way_to_whoever_proves_it()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        await platform.PersonAsync("squatter"); // says it is squatter@example.test
        using var owner = platform.Visitor();
        await owner.SubmitAsync(await owner.GetAsync("/signup"), "/signup", ("username", "rightful"), ("email", "squatter@example.test"), ("password", PlatformUnderTest.Password));

        await owner.SubmitAsync(await owner.GetAsync("/settings/security"), "/settings/security/email/code", ("code", await platform.CodeToAsync("squatter@example.test")));

        using var browser = platform.Visitor();
        Assert.Equal(303, (await browser.LogInAsync("squatter@example.test")).Status);
        Assert.Contains("@rightful", (await browser.GetAsync("/settings/security")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case_80_misses_on_a_user_name_do_not_tell_whose_an_address_is()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        await platform.ReachableAsync("adalin");
        await platform.ReachableAsync("bruno");
        using var browser = platform.Visitor();
        for (var i = 0; i < 6; i++)
            await browser.LogInAsync("adalin", $"guess number {i}");

        foreach (var email in new[] { "adalin@example.test", "bruno@example.test", "nobody@example.test" })
            Assert.Equal(422, (await browser.LogInAsync(email, "not this one")).Status);

        Assert.Equal(429, (await browser.LogInAsync("adalin", "not this one")).Status);
    }

    [Fact]
    public async Task Case_80_a_letter_that_only_folds_to_k_opens_no_account_with_a_k()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        await platform.ReachableAsync("kim");
        var before = await platform.LettersToAsync("kim@example.test");
        using var browser = platform.Visitor();

        Assert.Equal(422, (await browser.LogInAsync("\u212Aim@example.test")).Status);
        Assert.Equal(422, (await browser.LogInAsync("\u212Aim")).Status);
        await browser.SubmitAsync(await browser.GetAsync("/login/reset"), "/login/reset", ("username", "\u212Aim@example.test"));
        Assert.Equal(before, await platform.LettersToAsync("kim@example.test"));
        Assert.Equal(303, (await browser.LogInAsync("KIM@Example.Test")).Status);
    }

    [Fact]
    public async Task Case_80_an_unknown_account_costs_the_same_hash()
    {
        await using var platform = await PlatformUnderTest.StartAsync(configure: QuickHashes.Real);
        await platform.PersonAsync("adalin");
        var (known, unknown) = (new List<double>(), new List<double>());
        // More of them where the machine has other work: the fastest runs are the least disturbed.
        for (var i = 0; i < Volume.Of(9, 60) || (i < 60 && !IsAlike()); i++)
        {
            using var browser = platform.Visitor();
            var page = await browser.GetAsync("/login");
            foreach (var (times, login) in new[] { (known, "adalin"), (unknown, $"nobody{i}") })
            {
                platform.Clock.Advance(TimeSpan.FromMinutes(20));
                var start = TestClock.System.GetTimestamp();
                await browser.SubmitAsync(page, "/login", ("username", login), ("password", "not this one"));
                times.Add(TestClock.System.GetElapsedTime(start).TotalMilliseconds);
            }
        }

        // Without the decoy an unknown account answers in a tenth of the time.
        Assert.True(IsAlike(), $"{unknown.Min()} ms against {known.Min()} ms");

        bool IsAlike() => unknown.Min() / known.Min() is > 0.33 and < 3;
    }

    private static async Task<string> AnswerAsync(PlatformUnderTest platform, string path, string login)
    {
        using var browser = platform.Visitor();
        var answer = await browser.SubmitAsync(await browser.GetAsync(path), path, ("username", login), ("password", "not this one"));
        return string.Join('\n', answer.Status, answer.Location, Headers(answer), Plain(answer).Replace(login, "LOGIN", StringComparison.Ordinal));
    }

    private static string Headers(Visit visit) => string.Join(',', visit.Answer.Headers.Concat(visit.Answer.Content.Headers)
        .Where(header => header.Key is not ("Date" or "Content-Length")).Select(header => $"{header.Key}={(header.Key is "Set-Cookie" ? string.Join(';', header.Value.Select(value => value.Split('=')[0])) : string.Join(';', header.Value))}"));

    // Form tokens differ from page to page.
    private static string Plain(Visit visit)
    {
        foreach (var input in visit.Page.QuerySelectorAll("input[name=__RequestVerificationToken], time, [id^='session-']"))
            input.Remove();
        return visit.Page.Body?.InnerHtml ?? "";
    }
}
