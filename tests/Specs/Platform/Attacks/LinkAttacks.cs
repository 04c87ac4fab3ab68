using Holdfast.Specs.Platform.Authorize;
using Holdfast.Specs.Platform.SignIn.External;

namespace Holdfast.Specs.Platform.Attacks;

/// <summary>Attack cases 61 and 86: a stolen session makes itself no way in that outlives it, and one more or one less way in ends what was opened before.</summary>
[Trait("attack", "86")]
public sealed class LinkAttacks
{
    private const string Add = Trips.Linked + "/add/acme";
    private const string Remove = Trips.Linked + "/remove";

    private static readonly FakePerson Mallory = new("sub-mallory", "mallory@evil.example.test");
    private static readonly FakePerson AdaAtAcme = new("sub-ada", "ada@acme.example.test");

    [Fact]
    public async Task Case_86_a_session_older_than_ten_minutes_links_nothing_without_proof_by_either_door()
    {
        await using var acme = await FakeProvider.StartAsync();
        await using var platform = await StartAsync(acme);
        using var stolen = await StaleAsync(platform);

        var refused = await stolen.SubmitAsync(await stolen.GetAsync(Trips.Linked), Add);
        Assert.Equal((422, null), (refused.Status, refused.Location));
        Assert.NotNull(refused.Page.QuerySelector("#proof-add-acme"));
        Assert.Equal(422, (await stolen.SubmitAsync(refused, Add, ("proof", "not her password"))).Status);

        // The other door: a trip begun as if to log in.
        var attempt = await WelcomeAsync(platform, acme, stolen, Mallory);
        var page = await stolen.GetAsync(attempt + "/link");
        Assert.NotNull(page.Page.QuerySelector("#proof-link"));
        Assert.Equal(422, (await stolen.SubmitAsync(page, attempt + "/link")).Status);
        Assert.Equal(422, (await stolen.SubmitAsync(page, attempt + "/link", ("proof", "not her password"))).Status);
        Assert.Equal(0, await platform.CountAsync("external_login"));
    }

    [Fact]
    public async Task Case_86_the_password_is_proof_enough_by_either_door()
    {
        await using var acme = await FakeProvider.StartAsync();
        await using var platform = await StartAsync(acme);
        using var ada = await StaleAsync(platform);
        var away = await ada.SubmitAsync(await ada.GetAsync(Trips.Linked), Add, ("proof", PlatformUnderTest.Password));
        await ada.GetAsync(acme.Agree(away.Location!, AdaAtAcme)); // a 303 to the provider
        Assert.Equal("ada", await platform.OwnerAsync(AdaAtAcme));

        platform.Clock.Advance(TimeSpan.FromMinutes(11));
        var second = new FakePerson("sub-ada-2", null);
        var attempt = await WelcomeAsync(platform, acme, ada, second);
        Assert.Equal(303, (await ada.SubmitAsync(await ada.GetAsync(attempt + "/link"), attempt + "/link", ("proof", PlatformUnderTest.Password))).Status);
        Assert.Equal("ada", await platform.OwnerAsync(second));
    }

    [Fact]
    public async Task Case_86_a_session_older_than_ten_minutes_unlinks_nothing_without_proof_and_is_not_made_young_by_trying()
    {
        await using var acme = await FakeProvider.StartAsync();
        await using var platform = await StartAsync(acme);
        await platform.PersonAsync("ada");
        using var stolen = platform.Visitor();
        await stolen.LogInAsync("ada");
        await stolen.LinkAsync(acme, AdaAtAcme);
        platform.Clock.Advance(TimeSpan.FromMinutes(11));

        var page = await stolen.GetAsync(Trips.Linked);
        Assert.Equal(422, (await stolen.SubmitAsync(page, Remove)).Status);
        Assert.Equal(1, await platform.CountAsync("external_login"));
        Assert.Equal(422, (await stolen.SubmitAsync(page, Add)).Status);
        Assert.Equal(303, (await stolen.SubmitAsync(page, Remove, ("proof", PlatformUnderTest.Password))).Status);
        Assert.Equal(0, await platform.CountAsync("external_login"));
    }

    [Fact]
    public async Task Case_86_an_account_without_a_password_logs_in_again_to_link()
    {
        await using var acme = await FakeProvider.StartAsync();
        await using var platform = await StartAsync(acme);
        using var ada = platform.Visitor();
        await ada.SignUpAsync(acme, AdaAtAcme, "ada");
        platform.Clock.Advance(TimeSpan.FromMinutes(11));

        var page = await ada.GetAsync(Trips.Linked);
        Assert.NotNull(page.Page.QuerySelector("#proof-add-acme [formaction='/logout']"));
        Assert.Equal(422, (await ada.SubmitAsync(page, Add)).Status);

        await ada.SubmitAsync(page, "/logout");
        Assert.Equal(Trips.Linked, (await ada.GoAsync(acme, AdaAtAcme, Trips.Linked)).Location);
        await ada.LinkAsync(acme, new FakePerson("sub-ada-2", null));
        Assert.Equal(2, await platform.CountAsync("external_login"));
    }

    [Fact]
    public async Task Case_61_linking_and_unlinking_end_every_other_session_and_token_but_not_the_session_that_does_it()
    {
        await using var acme = await FakeProvider.StartAsync();
        await using var platform = await StartAsync(acme);
        var person = await platform.PersonAsync("ada");
        var app = await platform.AppAsync();
        using var ada = platform.Visitor();
        await ada.LogInAsync("ada");

        await EndsAsync(() => ada.LinkAsync(acme, AdaAtAcme));
        await EndsAsync(async () =>
        {
            var attempt = await WelcomeAsync(platform, acme, ada, new FakePerson("sub-ada-2", null));
            return await ada.SubmitAsync(await ada.GetAsync(attempt + "/link"), attempt + "/link");
        });
        await EndsAsync(async () => await ada.SubmitAsync(await ada.GetAsync(Trips.Linked), Remove));

        async Task EndsAsync(Func<Task<Visit>> change)
        {
            using var elsewhere = platform.Visitor();
            await elsewhere.LogInAsync("ada");
            var grant = await platform.GrantAsync(app, person);
            var before = ada.CookieValue(FactorPages.Session);

            Assert.Equal(303, (await change()).Status);

            Assert.False(await elsewhere.IsInAsync());
            Assert.False(await platform.OpensAsync(grant.Access));
            Assert.Equal("invalid_grant", (await platform.RenewAsync(app, grant.Refresh)).Error);
            Assert.True(await ada.IsInAsync());
            Assert.NotEqual(before, ada.CookieValue(FactorPages.Session));
        }
    }

    [Fact]
    public async Task Case_61_a_link_that_is_there_already_ends_nothing()
    {
        await using var acme = await FakeProvider.StartAsync();
        await using var platform = await StartAsync(acme);
        await platform.PersonAsync("ada");
        using var ada = platform.Visitor();
        await ada.LogInAsync("ada");
        await ada.LinkAsync(acme, AdaAtAcme);
        using var elsewhere = platform.Visitor();
        await elsewhere.LogInAsync("ada");

        Assert.Equal(Trips.Linked + "?done=linked", (await ada.LinkAsync(acme, AdaAtAcme)).Location);

        Assert.True(await elsewhere.IsInAsync());
    }

    // The provider's clock goes with ours.
    private static async Task<PlatformUnderTest> StartAsync(FakeProvider acme)
    {
        var platform = await acme.PlatformAsync();
        acme.Falsify = token =>
        {
            var now = platform.Clock.GetUtcNow().UtcDateTime;
            (token.NotBefore, token.IssuedAt, token.Expires) = (now, now, now + TimeSpan.FromMinutes(5));
        };
        return platform;
    }

    private static async Task<Visitor> StaleAsync(PlatformUnderTest platform)
    {
        await platform.PersonAsync("ada");
        var browser = platform.Visitor();
        await browser.LogInAsync("ada");
        platform.Clock.Advance(TimeSpan.FromMinutes(11));
        return browser;
    }

    // A page with the form is not shown to somebody who is signed in; its button works for them all the same.
    private static async Task<string> WelcomeAsync(PlatformUnderTest platform, FakeProvider acme, Visitor browser, FakePerson who)
    {
        using var door = platform.Visitor();
        var answer = acme.Agree(await door.BeginAsync(acme), who);
        foreach (System.Net.Cookie cookie in door.Cookies.GetAllCookies())
        {
            if (cookie.Name == "hf_platform_external")
                browser.Plant(cookie.Name, cookie.Value);
        }
        return (await browser.GetAsync(answer)).Location!; // a stranger's trip leads on
    }
}
