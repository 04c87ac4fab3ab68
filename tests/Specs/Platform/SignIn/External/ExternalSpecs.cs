using Holdfast.People.External;
using Holdfast.Specs.People;
using Holdfast.Specs.Platform.Attacks;
using Holdfast.Specs.Platform.Authorize;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.SignIn.External;

public sealed class ExternalSpecs
{
    private static readonly FakePerson Mina = new("sub-mina", "mina.sato@club.example.test");

    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task The_first_time_somebody_chooses_a_user_name_and_the_next_time_they_are_known(Engine engine)
    {
        await using var acme = await FakeProvider.StartAsync();
        await using var platform = await acme.PlatformAsync(engine);
        await platform.PersonAsync("taken");
        using var browser = platform.Visitor();

        var welcome = await browser.GoAsync(acme, Mina);
        var page = await browser.GetAsync(welcome.Location!);
        Assert.Equal("mina.sato", page.Page.QuerySelector("#username")!.GetAttribute("value"));
        Assert.Contains("The acme", page.Text, StringComparison.Ordinal);
        Assert.False(await browser.IsSignedInAsync());
        Assert.Equal(422, (await browser.SubmitAsync(page, welcome.Location!, ("username", "not a name"))).Status);
        Assert.Contains("belongs to somebody", (await browser.SubmitAsync(page, welcome.Location!, ("username", "taken"))).Text, StringComparison.Ordinal);
        Assert.Equal("/settings/apps", (await browser.SubmitAsync(page, welcome.Location!, ("username", "Mina.S"))).Location);
        Assert.True(await browser.IsSignedInAsync());
        Assert.Equal("NotAsked", (await browser.GetAsync(welcome.Location!)).Problem());

        using var later = platform.Visitor();
        Assert.Equal("/settings/apps", (await later.GoAsync(acme, Mina with { Email = "changed@club.example.test" })).Location);
        Assert.True(await later.IsSignedInAsync());
        Assert.Equal("mina.s", await platform.OwnerAsync(Mina));
        Assert.Equal(1, await platform.Database.ReadAsync(session => session.FirstAsync<long>("select count(*) from creator join person on person.id = person_id where email = @Email", new { Mina.Email })));
        Assert.Equal(["ExternalLinked", "SignedIn External", "SignedIn External"], await ActivitiesAsync(platform));
    }

    [Fact]
    public async Task Every_way_in_by_a_provider_passes_where_the_second_factor_is_asked()
    {
        // FinishSignIn alone begins sessions and writes "SignedIn": one line per trip says that none went past it (attack case 83).
        await using var acme = await FakeProvider.StartAsync();
        await using var platform = await acme.PlatformAsync();
        using var browser = platform.Visitor();
        await browser.SignUpAsync(acme, Mina, "mina");
        using var again = platform.Visitor();
        await again.GoAsync(acme, Mina);

        Assert.Equal(2, (await ActivitiesAsync(platform)).Count(line => line == "SignedIn External"));
        Assert.Equal(2, await platform.CountAsync("session"));
    }

    [Fact]
    public async Task An_account_made_by_a_provider_has_no_password_that_could_be_guessed()
    {
        await using var acme = await FakeProvider.StartAsync();
        await using var platform = await acme.PlatformAsync();
        using var browser = platform.Visitor();
        await browser.SignUpAsync(acme, Mina, "mina");
        using var guesser = platform.Visitor();

        foreach (var password in new[] { "", "none", "a password nobody has" })
            Assert.Equal(422, (await guesser.LogInAsync("mina", password)).Status);
    }

    [Fact]
    public async Task Inside_an_authorization_request_the_way_leads_on_to_consent_and_the_code()
    {
        await using var acme = await FakeProvider.StartAsync();
        await using var platform = await acme.PlatformAsync();
        var app = await platform.AppAsync();
        using var browser = platform.Visitor();
        var login = await browser.OpenAsync(AuthorizePages.Request(app));
        Assert.DoesNotContain("form-action", login.Answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);

        var away = await browser.SubmitAsync(login, "/login/with/acme");
        Assert.DoesNotContain("authorize%2F", away.Location!, StringComparison.Ordinal); // where they were going stays here
        var welcome = await browser.GetAsync(acme.Agree(away.Location!, Mina));
        var consent = await browser.OpenAsync((await browser.SubmitAsync(await browser.GetAsync(welcome.Location!), welcome.Location!, ("username", "mina"))).Location!);
        var answer = await browser.SubmitAsync(consent, AuthorizePages.Answer, ("decision", "authorize"));

        Assert.StartsWith(PlatformUnderTest.Redirect, answer.Location, StringComparison.Ordinal);
        Assert.Equal("n7f3", answer.Query["state"]);
        Assert.True((await platform.RedeemAsync(app, answer.Query["code"])).IsGranted);
    }

    [Fact]
    public async Task A_plain_OAuth_provider_says_who_somebody_is_and_never_vouches_for_an_email()
    {
        await using var acme = await FakeProvider.StartAsync();
        await using var platform = await acme.PlatformAsync(isOpenId: false);
        var ada = await platform.PersonAsync("ada");
        using var browser = platform.Visitor();

        var welcome = await browser.GoAsync(acme, new FakePerson("10158", ada.Email, IsVerified: true));
        var page = await browser.GetAsync(welcome.Location!);

        Assert.Null(page.Page.QuerySelector("#email-is-taken"));
        Assert.Equal("/settings/apps", (await browser.SubmitAsync(page, welcome.Location!, ("username", "ada2"))).Location);
        Assert.Equal("ada2", await platform.OwnerAsync(new FakePerson("10158", null)));
    }

    [Fact]
    public async Task A_provider_that_wants_the_secret_as_basic_gets_it_so_and_one_that_changes_its_keys_is_asked_again()
    {
        await using var acme = await FakeProvider.StartAsync();
        acme.TakesPostedSecret = false;
        await using var platform = await acme.PlatformAsync();
        using var browser = platform.Visitor();
        Assert.Equal("/settings/apps", (await browser.SignUpAsync(acme, Mina, "mina")).Location);

        acme.ChangeKey();

        using var again = platform.Visitor();
        Assert.Equal("/settings/apps", (await again.GoAsync(acme, Mina)).Location);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task In_the_settings_one_links_and_unlinks_but_never_the_last_way_in(Engine engine)
    {
        await using var acme = await FakeProvider.StartAsync();
        await using var platform = await acme.PlatformAsync(engine);
        using var browser = platform.Visitor();
        await browser.SignUpAsync(acme, Mina, "mina");
        var second = new FakePerson("sub-second", null);

        var only = await browser.SubmitAsync(await browser.GetAsync(Trips.Linked), Trips.Linked + "/remove");
        Assert.Equal(422, only.Status);
        Assert.NotNull(only.Page.QuerySelector("#last-way-in"));
        Assert.Equal(Trips.Linked + "?done=linked", (await browser.LinkAsync(acme, second)).Location);
        var both = await browser.GetAsync(Trips.Linked);
        Assert.Equal(2, both.Page.QuerySelectorAll("form[action$='/remove']").Length);
        Assert.Equal(Trips.Linked + "?done=unlinked", (await browser.SubmitAsync(both, Trips.Linked + "/remove", ("provider", "acme"), ("subject", second.Subject))).Location);
        Assert.Equal(404, (await browser.SubmitAsync(both, Trips.Linked + "/remove", ("provider", "acme"), ("subject", second.Subject))).Status);
        Assert.Equal(422, (await browser.SubmitAsync(both, Trips.Linked + "/remove", ("provider", "acme"), ("subject", Mina.Subject))).Status);

        // With a password the last link may go.
        await platform.PersonAsync("ada");
        using var adas = platform.Visitor();
        await adas.LogInAsync("ada");
        await adas.LinkAsync(acme, second);
        Assert.Equal(303, (await adas.SubmitAsync(await adas.GetAsync(Trips.Linked), Trips.Linked + "/remove")).Status);
    }

    [Fact]
    public async Task Somebody_elses_account_is_neither_linked_nor_unlinked()
    {
        await using var acme = await FakeProvider.StartAsync();
        await using var platform = await acme.PlatformAsync();
        using var browser = platform.Visitor();
        await browser.SignUpAsync(acme, Mina, "mina");
        await platform.PersonAsync("mallory");
        using var mallory = platform.Visitor();
        await mallory.LogInAsync("mallory");

        var linked = await mallory.LinkAsync(acme, Mina);
        var own = new FakePerson("sub-mallory", null);
        await mallory.LinkAsync(acme, own);
        var unlinked = await mallory.SubmitAsync(await mallory.GetAsync(Trips.Linked), Trips.Linked + "/remove", ("provider", "acme"), ("subject", Mina.Subject));

        Assert.Equal((409, "LinkedElsewhere"), (linked.Status, linked.Problem()));
        Assert.Equal(404, unlinked.Status);
        Assert.Equal("mina", await platform.OwnerAsync(Mina));
    }

    [Fact]
    public async Task A_link_begun_in_one_session_is_not_finished_in_another()
    {
        await using var acme = await FakeProvider.StartAsync();
        await using var platform = await acme.PlatformAsync();
        await platform.PersonAsync("ada");
        await platform.PersonAsync("mallory");
        using var browser = platform.Visitor();
        await browser.LogInAsync("mallory");
        var page = await browser.GetAsync(Trips.Linked);
        var callback = acme.Agree((await browser.SubmitAsync(page, Trips.Linked + "/add/acme")).Location!, Mina);
        await browser.SubmitAsync(page, "/logout");
        await browser.LogInAsync("ada");

        Assert.Equal("SessionEnded", (await browser.GetAsync(callback)).Problem());
        Assert.Equal(0, await platform.CountAsync("external_login"));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_user_name_that_somebody_has_is_proposed_with_a_number(Engine engine)
    {
        await using var acme = await FakeProvider.StartAsync();
        await using var platform = await acme.PlatformAsync(engine);
        await platform.PersonAsync("mina.sato");
        await platform.PersonAsync("mina.sato2");
        using var browser = platform.Visitor();

        var welcome = (await browser.GoAsync(acme, Mina)).Location!;
        var page = await browser.GetAsync(welcome);

        Assert.Equal("mina.sato3", page.Page.QuerySelector("input[name=username]")!.GetAttribute("value"));
        Assert.Equal(303, (await browser.SubmitAsync(page, welcome)).Status);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Of_two_unlinks_at_once_that_count_on_each_other_one_is_refused(Engine engine)
    {
        await using var acme = await FakeProvider.StartAsync();
        await using var platform = await acme.PlatformAsync(engine);
        using var browser = platform.Visitor();
        await browser.SignUpAsync(acme, Mina, "mina");
        var logins = platform.Service<ExternalLogins>();
        for (var round = 0; round < 5; round++)
        {
            await platform.Database.WriteAsync(session => session.RunAsync(
                "insert into external_login (provider, subject, person_id, linked_at) select 'acme', @subject, id, 0 from person where user_name = 'mina'", new { subject = $"sub-{round}" }));
            var links = await platform.Database.ReadAsync(session => session.ListAsync<(string Person, string Subject)>("select person_id, subject from external_login"));

            var callers = await Task.WhenAll(links.Select(link => Caller.SignedInAsync(platform.App.Services, link.Person)));

            var answers = await Task.WhenAll(links.Zip(callers).Select(one => Task.Run(() => logins.UnlinkAsync(one.Second, one.First.Person, "acme", one.First.Subject))));

            // The first has ended the session of the second; with one of its own it meets the last way in.
            Assert.Equal([UnlinkResult.Unlinked, UnlinkResult.NotThere], answers.Order());
            var (person, subject) = links[Array.IndexOf(answers, UnlinkResult.NotThere)];
            Assert.Equal(UnlinkResult.LastWayIn, await logins.UnlinkAsync(await Caller.SignedInAsync(platform.App.Services, person), person, "acme", subject));
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Of_two_browsers_that_make_an_account_of_the_same_person_at_once_one_does(Engine engine)
    {
        await using var acme = await FakeProvider.StartAsync();
        await using var platform = await acme.PlatformAsync(engine);
        using var one = platform.Visitor();
        using var other = platform.Visitor();
        var (ones, others) = ((await one.GoAsync(acme, Mina)).Location!, (await other.GoAsync(acme, Mina)).Location!);
        var (onesPage, othersPage) = (await one.GetAsync(ones), await other.GetAsync(others));

        var answers = await Task.WhenAll(one.SubmitAsync(onesPage, ones, ("username", "mina1")), other.SubmitAsync(othersPage, others, ("username", "mina2")));

        Assert.Equal([303, 400], answers.Select(answer => answer.Status).Order());
        Assert.Equal((1, 1), (await platform.CountAsync("external_login"), await platform.CountAsync("person")));
    }

    [Fact]
    public async Task Cookies_carry_our_name_and_providers_without_settings_do_not_exist()
    {
        await using var acme = await FakeProvider.StartAsync();
        await using var platform = await acme.PlatformAsync();
        using var browser = platform.Visitor();
        var page = await browser.GetAsync("/login");
        var away = await browser.SubmitAsync(page, "/login/with/acme");

        var cookie = Assert.Single(away.Answer.Headers.GetValues("Set-Cookie"), line => !line.StartsWith("hf_platform_antiforgery", StringComparison.Ordinal));
        Assert.Matches("^hf_platform_external=.{43}; max-age=1800; path=/; samesite=lax; httponly$", cookie);
        var token = page.Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        Assert.Equal(404, (await browser.PostAsync("/login/with/google", ("__RequestVerificationToken", token))).Status);
        Assert.Equal(400, (await browser.PostAsync("/login/with/acme")).Status);
        Assert.Single(page.Page.QuerySelectorAll("form[action^='/login/with/']"));
    }

    private static Task<IReadOnlyList<string>> ActivitiesAsync(PlatformUnderTest platform) => platform.Database.ReadAsync(session => session.ListAsync<string>(
        "select case when kind = 'SignedIn' then kind || ' ' || detail else kind end from activity order by 1"));
}
