using System.Net;
using Holdfast.People.Sessions;
using Holdfast.Platform.Permissions;
using Holdfast.Specs.Platform.Authorize;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Attacks;

/// <summary>B1 and B4 around the consent page: cases 31, 32 and 77–79.</summary>
public sealed class ConsentAttacks
{
    private const string ListOnly = "user.info.basic,video.list";

    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Case_31_a_consent_for_fewer_scopes_or_of_somebody_else_never_answers_silently(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        var app = await platform.AppAsync();
        await platform.PersonAsync("bruno");
        using var browser = await platform.SignedInVisitorAsync("ada");
        await browser.SubmitAsync(await browser.OpenAsync(AuthorizePages.Request(app, ("scope", ListOnly))), AuthorizePages.Answer, ("decision", "authorize"));
        var (same, more) = (AuthorizePages.Request(app, ("scope", ListOnly), ("disable_auto_auth", "0")), AuthorizePages.Request(app, ("disable_auto_auth", "0")));

        Assert.Equal(302, (await browser.GetAsync(same)).Status);
        var asked = await browser.GetAsync(more);
        Assert.Equal((200, null), (asked.Status, asked.Location));
        Assert.NotNull(asked.Page.QuerySelector("button[value=authorize]"));

        await browser.SubmitAsync(asked, "/logout");
        await browser.LogInAsync("bruno");
        var brunos = await browser.GetAsync(same);
        Assert.Equal((200, null), (brunos.Status, brunos.Location));
        Assert.Contains("@bruno", brunos.Text, StringComparison.Ordinal);
    }

    // Against the clock: whichever comes first, a removal is the last word.
    [Theory, MemberData(nameof(Engines))]
    public async Task Case_31_a_silent_answer_that_races_a_removal_never_leaves_a_living_consent(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        using var browser = await platform.SignedInVisitorAsync("ada");
        var apps = platform.Service<ConnectedApps>();
        for (var round = 0; round < 10; round++)
        {
            await platform.GrantAsync(app, ada);
            var id = (await apps.ListAsync(ada.Id, CancellationToken.None))[0].Id;

            var visits = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => browser.GetAsync(AuthorizePages.Request(app, ("scope", ListOnly)))));
            await apps.RemoveAsync(new DefaultHttpContext(), ada.Id, id);

            foreach (var visit in await visits)
            {
                if (visit.Status == 302)
                    Assert.Equal("invalid_grant", (await platform.RedeemAsync(app, visit.Query["code"])).Error);
            }
            Assert.Empty(await apps.ListAsync(ada.Id, CancellationToken.None));
        }
    }

    [Fact]
    public async Task Case_32_a_request_replayed_from_history_after_logout_meets_the_sign_in()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var app = await platform.AppAsync();
        using var browser = await platform.SignedInVisitorAsync("ada");
        var request = AuthorizePages.Request(app);
        var consent = await browser.OpenAsync(request);
        Assert.Equal(303, (await browser.SubmitAsync(consent, AuthorizePages.Answer, ("decision", "authorize"))).Status);
        Assert.Equal(302, (await browser.GetAsync(request)).Status);
        await browser.SubmitAsync(consent, "/logout");

        var replayed = await browser.GetAsync(request);

        Assert.StartsWith("/login?next=", replayed.Location, StringComparison.Ordinal);
        Assert.DoesNotContain("code=", Uri.UnescapeDataString(replayed.Location!).Replace("response_type=code&", "", StringComparison.Ordinal).Split("&code_challenge")[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case_77_an_answer_from_elsewhere_or_without_the_pages_token_grants_nothing()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var app = await platform.AppAsync();
        using var browser = await platform.SignedInVisitorAsync("ada");
        var consent = await browser.OpenAsync(AuthorizePages.Request(app));
        var fields = consent.Page.QuerySelectorAll($"form[action='{AuthorizePages.Answer}'] input[type=hidden]").Select(input => KeyValuePair.Create(input.GetAttribute("name")!, input.GetAttribute("value")!)).Append(KeyValuePair.Create("decision", "authorize")).ToList();

        foreach (var (name, value) in new[] { ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site"), ("Origin", "https://evil.example"), ("Origin", "null") })
        {
            using var forged = new HttpRequestMessage(HttpMethod.Post, AuthorizePages.Answer) { Content = new FormUrlEncodedContent(fields) };
            forged.Headers.Add("Cookie", browser.Cookies.GetCookieHeader(platform.Http.BaseAddress!));
            forged.Headers.Add(name, value);
            using var refused = await platform.Http.SendAsync(forged);
            Assert.Equal((HttpStatusCode.Forbidden, null), (refused.StatusCode, refused.Headers.Location));
        }
        Assert.Equal(400, (await browser.PostAsync(AuthorizePages.Answer, ("request", fields.Single(field => field.Key == "request").Value), ("decision", "authorize"))).Status);
        Assert.Equal(0, await platform.Database.ReadAsync(session => session.FirstAsync<long>("select count(*) from consent")));
    }

    [Fact]
    public async Task Case_77_only_what_was_asked_is_registered_and_is_ticked_is_granted()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var app = await platform.AppAsync();
        using var browser = await platform.SignedInVisitorAsync("ada");
        var consent = await browser.OpenAsync(AuthorizePages.Request(app));
        // The developer gives a scope up while the page stands open.
        await platform.Database.WriteAsync(session => session.RunAsync("delete from app_scope where scope = 'video.publish'"));

        var done = await browser.SubmitAsync(consent, AuthorizePages.Answer, ("decision", "authorize"), ("scope", "video.publish"), ("scope", "video.list"), ("scope", "video.upload"), ("scope", "made.up"));

        Assert.Equal(ListOnly, done.Query["scopes"]);
        Assert.Equal(ListOnly, (await platform.RedeemAsync(app, done.Query["code"])).Text("scope"));
    }

    [Fact]
    public async Task Case_78_a_request_belongs_to_its_session_and_person_and_starts_anew_for_anybody_else()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var app = await platform.AppAsync();
        await platform.PersonAsync("bruno");
        using var browser = await platform.SignedInVisitorAsync("ada");
        var adas = await browser.OpenAsync(AuthorizePages.Request(app));
        var id = RequestOf(adas);

        // "Use another account": out, through the sign-in, and back at the same question under an id of its own.
        var next = adas.Page.QuerySelector("form.auth-note input[name=next]")!.GetAttribute("value")!;
        var login = await browser.OpenAsync((await browser.SubmitAsync(adas, "/logout", ("next", next))).Location!);
        var back = await browser.SubmitAsync(login, "/login", ("username", "bruno"), ("password", PlatformUnderTest.Password));
        var brunos = await browser.OpenAsync(back.Location!);
        Assert.Contains("signed in as @bruno", brunos.Text, StringComparison.Ordinal);
        Assert.NotEqual(id, RequestOf(brunos));
        Assert.Equal(403, (await browser.SubmitAsync(brunos, AuthorizePages.Answer, ("request", id), ("decision", "authorize"))).Status);

        // Ada again, in a new session: her own old page is over too.
        await browser.SubmitAsync(brunos, "/logout");
        await browser.LogInAsync("ada");
        var anew = await browser.OpenAsync(AuthorizePages.Request(app));
        Assert.Equal(403, (await browser.SubmitAsync(anew, AuthorizePages.Answer, ("request", id), ("decision", "authorize"))).Status);
        var done = await browser.SubmitAsync(brunos, AuthorizePages.Answer, ("decision", "authorize"));
        Assert.InRange(done.Status, 400, 403);
        Assert.Equal(0, await platform.Database.ReadAsync(session => session.FirstAsync<long>("select count(*) from consent")));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Case_78_an_answer_whose_session_signs_out_on_the_way_grants_nothing(Engine engine)
    {
        var chance = new InterruptedChance();
        await using var platform = await PlatformUnderTest.StartAsync(engine, configure: builder => builder.Services.AddSingleton<ISecretSource>(chance));
        var app = await platform.AppAsync();
        using var browser = await platform.SignedInVisitorAsync("ada");
        var page = await browser.OpenAsync(AuthorizePages.Request(app));
        var session = browser.CookieValue(FactorPages.Session)!; // signed in
        chance.BeforeCode = () => platform.Service<SessionStore>().EndAsync(session);

        var answer = await browser.SubmitAsync(page, AuthorizePages.Answer, ("decision", "authorize"));

        Assert.Null(chance.BeforeCode); // it got as far as the code
        Assert.Equal((403, null), (answer.Status, answer.Location));
        Assert.Equal(0, await platform.Database.ReadAsync(session => session.FirstAsync<long>("select (select count(*) from authorization_code) + (select count(*) from consent)")));
    }

    [Fact]
    public async Task Case_79_nothing_of_the_request_can_be_changed_between_page_and_answer()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var (app, other) = (await platform.AppAsync(), await platform.AppAsync("other"));
        using var browser = await platform.SignedInVisitorAsync("ada");
        var consent = await browser.OpenAsync(AuthorizePages.Request(app));
        var stolen = new string('b', 64);

        var done = await browser.SubmitAsync(consent, AuthorizePages.Answer, ("decision", "authorize"),
            ("redirect_uri", "https://evil.example/"), ("state", "evil"), ("code_challenge", stolen), ("client_key", other.ClientKey), ("platform", "web"));

        Assert.StartsWith(PlatformUnderTest.Redirect + "?", done.Location, StringComparison.Ordinal);
        Assert.Equal("n7f3", done.Query["state"]);
        Assert.False((await platform.RedeemAsync(other, done.Query["code"])).IsGranted);
        Assert.True((await platform.RedeemAsync(app, done.Query["code"])).IsGranted); // the first request's verifier
        Assert.Equal(403, (await browser.SubmitAsync(consent, AuthorizePages.Answer, ("request", new string('a', 32)), ("decision", "authorize"))).Status);
    }

    private static string RequestOf(Visit consent) => consent.Page.QuerySelector("input[name=request]")!.GetAttribute("value")!;
}
