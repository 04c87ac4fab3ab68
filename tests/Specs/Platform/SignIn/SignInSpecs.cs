using Holdfast.Platform;
using Holdfast.Platform.SignIn;
using Holdfast.Specs.Platform.Authorize;

namespace Holdfast.Specs.Platform.SignIn;

public sealed class SignInSpecs
{
    [Fact]
    public async Task A_wrong_password_and_an_unknown_account_read_alike()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        await platform.PersonAsync("ada");
        using var browser = platform.Visitor();

        var (wrong, unknown) = (await browser.LogInAsync("ada", "not this one"), await browser.LogInAsync("nobody", "not this one"));

        Assert.Equal((422, 422), (wrong.Status, unknown.Status));
        Assert.Equal(wrong.Page.QuerySelector("#login-error")!.TextContent, unknown.Page.QuerySelector("#login-error")!.TextContent);
        Assert.Equal(303, (await browser.LogInAsync("ada")).Status);
    }

    [Fact]
    public async Task Guessing_is_slowed_down_and_the_right_password_works_again_after_the_wait()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        await platform.PersonAsync("ada");
        using var browser = platform.Visitor();
        for (var i = 0; i < 6; i++)
            await browser.LogInAsync("ada", "wrong wrong");

        Assert.Equal(429, (await browser.LogInAsync("ada")).Status);
        platform.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(303, (await browser.LogInAsync("ada")).Status);
    }

    [Fact]
    public async Task Signing_up_makes_a_creator_and_signs_them_in()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        using var browser = platform.Visitor();

        var done = await browser.SubmitAsync(await browser.GetAsync("/signup?next=%2Fsettings%2Fapps"), "/signup", ("username", "Dora.K"), ("displayName", "Dora"), ("email", ""), ("password", "eight characters"));

        Assert.Equal((303, "/settings/apps"), (done.Status, done.Location));
        Assert.Equal(200, (await browser.GetAsync("/settings/apps")).Status);
        Assert.Equal(1, await platform.Database.ReadAsync(session => session.FirstAsync<long>("select count(*) from creator join person on person.id = person_id where user_name = 'dora.k'")));
        var again = await browser.SubmitAsync(await browser.GetAsync("/signup"), "/signup", ("username", "dora.k"), ("password", "eight characters"));
        Assert.Equal(422, again.Status);
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("https:evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("javascript:alert(1)")]
    public async Task After_signing_in_and_out_one_stays_here(string next)
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        await platform.PersonAsync("ada");
        using var browser = platform.Visitor();

        Assert.Equal("/", (await browser.LogInAsync("ada", next: next)).Location);
        Assert.Equal("/", (await browser.SubmitAsync(await browser.GetAsync("/"), "/logout", ("next", next))).Location);
    }

    [Fact]
    public async Task A_session_planted_before_signing_in_is_worth_nothing_and_signing_out_ends_it_on_the_server()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        await platform.PersonAsync("ada");
        using var browser = platform.Visitor();
        const string planted = "planted-by-somebody-else";
        browser.Cookies.Add(new System.Net.Cookie("hf_platform_session", planted, "/", "127.0.0.1"));
        await browser.LogInAsync("ada");
        var session = browser.Cookies.GetAllCookies().Single(cookie => cookie.Name == "hf_platform_session").Value;
        var page = await browser.GetAsync("/settings/apps");
        Assert.Equal(200, page.Status);
        await browser.SubmitAsync(page, "/logout");

        using var thief = platform.Visitor();
        Assert.NotEqual(planted, session);
        foreach (var stolen in new[] { planted, session })
        {
            thief.Cookies.Add(new System.Net.Cookie("hf_platform_session", stolen, "/", "127.0.0.1"));
            Assert.NotEqual(200, (await thief.GetAsync("/settings/apps")).Status);
        }
    }

    [Fact]
    public async Task The_demo_people_are_offered_only_where_there_is_a_demo()
    {
        await using var plain = await PlatformUnderTest.StartAsync();
        using var stranger = plain.Visitor();
        Assert.DoesNotContain("one click", (await stranger.GetAsync("/login")).Text, StringComparison.Ordinal);
        Assert.Equal(404, (await stranger.PostAsync("/login/demo", ("username", "ada"))).Status);

        await using var demo = await PlatformUnderTest.StartAsync(demo: true);
        await PlatformApp.SeedDemoAsync(demo.App);
        await PlatformApp.SeedDemoAsync(demo.App);
        using var browser = demo.Visitor();
        var done = await browser.SubmitAsync(await browser.GetAsync("/login?next=%2Fsettings%2Fapps"), "/login/demo", ("username", "ada"));
        Assert.Equal((303, "/settings/apps"), (done.Status, done.Location));
        Assert.Contains("@ada", (await browser.GetAsync("/settings/apps")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Demo_creators_have_every_profile_field_and_the_demo_app_is_refused_without_the_demo()
    {
        await using var demo = await PlatformUnderTest.StartAsync(demo: true);
        await PlatformApp.SeedDemoAsync(demo.App);

        Assert.Equal(DemoPeople.Creators.Count, await demo.Database.ReadAsync(session => session.FirstAsync<long>(
            "select count(*) from creator where bio <> '' and avatar_key is not null and follower_count > 0 and following_count > 0 and likes_count > 0")));
        var app = new Holdfast.Platform.Developers.RegisteredApp("", DemoContent.ClientKey, DemoContent.ClientSecret);
        Assert.Equal("invalid_grant", (await demo.RenewAsync(app, "rft.x")).Error);

        await using var plain = await PlatformUnderTest.StartAsync();
        await plain.Database.WriteAsync(async session =>
        {
            await session.RunAsync("insert into person (id, user_name, display_name, password_hash, created_at) values ('p', 'p', 'p', '', 0)");
            await session.RunAsync("insert into app (id, owner_id, name, client_key, secret_digest, is_demo, created_at) values ('a', 'p', 'a', @key, @digest, true, 0)",
                new { key = DemoContent.ClientKey, digest = Holdfast.Platform.Tokens.TokenText.Digest(DemoContent.ClientSecret) });
        });
        Assert.Equal("invalid_client", (await plain.RenewAsync(app, "rft.x")).Error);
    }

    [Fact]
    public async Task Forms_from_another_site_are_refused()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        await platform.PersonAsync("ada");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/login") { Content = new FormUrlEncodedContent([KeyValuePair.Create("username", "ada"), KeyValuePair.Create("password", PlatformUnderTest.Password)]) };
        request.Headers.Add("Sec-Fetch-Site", "cross-site");

        using var foreign = await platform.Http.SendAsync(request);
        using var forged = await platform.Http.PostAsync("/login", new FormUrlEncodedContent([KeyValuePair.Create("username", "ada"), KeyValuePair.Create("password", PlatformUnderTest.Password)]));

        Assert.Equal((403, 400), ((int)foreign.StatusCode, (int)forged.StatusCode));
    }
}
