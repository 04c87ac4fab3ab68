using Holdfast.Shell.Hosting;
using Holdfast.Specs.Platform.Authorize;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Attacks;

/// <summary>Attack cases 84 and 61: what a password may be, and what ends with it.</summary>
public sealed class PasswordSpecs
{
    private const string Other = "another long one";

    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Fact]
    public async Task Case_84_every_password_is_answered_by_a_rule_and_none_is_cut_off_trimmed_or_folded()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        using var browser = platform.Visitor();
        var page = await browser.GetAsync("/signup");
        var answers = new List<int>();
        foreach (var refused in new[] { "x", "7 chars", new string('x', 257), "nul\0inside it", new string('x', 500_000) })
            answers.Add((await browser.SubmitAsync(page, "/signup", ("username", "refused"), ("password", refused))).Status);
        Assert.Equal([422, 422, 422, 400, 422], answers); // no form may hold a NUL
        await RefusedAsync(() => browser.SubmitAsync(page, "/signup", ("username", "refused"), ("password", new string('x', 1_100_000))));
        var start = TestClock.System.GetTimestamp();
        Assert.Equal(422, (await browser.SubmitAsync(await browser.GetAsync("/login"), "/login", ("username", "refused"), ("password", new string('x', 500_000)))).Status);
        Assert.True(TestClock.System.GetElapsedTime(start) < TimeSpan.FromSeconds(10)); // nothing of that length is hashed

        var (composed, decomposed) = ("p\u00e4ssw\u00f6rter", "pa\u0308sswo\u0308rter");
        var longest = new string('x', 255);
        (string Right, string[] Wrong)[] pairs =
        [
            ("8 chars!", ["8 chars", "8 Chars!"]),
            (longest + "y", [longest + "x", longest]),
            (" leading and trailing ", ["leading and trailing", " leading and trailing"]),
            (composed, [decomposed]),
            (decomposed, [composed]),
        ];
        foreach (var (at, (right, wrong)) in pairs.Index())
        {
            using var person = platform.Visitor();
            Assert.Equal(303, (await person.SubmitAsync(await person.GetAsync("/signup"), "/signup", ("username", $"person{at}"), ("password", right))).Status);
            using var other = platform.Visitor();
            foreach (var almost in wrong)
                Assert.Equal(422, (await other.LogInAsync($"person{at}", almost)).Status);
            Assert.Equal(303, (await other.LogInAsync($"person{at}", right)).Status);
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Case_61_a_changed_password_ends_the_apps_tokens_and_every_other_session(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        var (app, ada, bruno) = (await platform.AppAsync(), await platform.PersonAsync("ada"), await platform.PersonAsync("bruno"));
        var (grant, brunos, unused) = (await platform.GrantAsync(app, ada), await platform.GrantAsync(app, bruno), await platform.CodeAsync(app, ada));
        using var desk = platform.Visitor();
        using var phone = platform.Visitor();
        await desk.LogInAsync("ada");
        await phone.LogInAsync("ada");

        var wrong = await desk.SubmitAsync(await desk.GetAsync("/settings/security"), "/settings/security/password", ("password", "not this one"), ("newPassword", Other));
        Assert.Equal(422, wrong.Status);
        Assert.True(await platform.OpensAsync(grant.Access));
        var done = await desk.SubmitAsync(await desk.GetAsync("/settings/security"), "/settings/security/password", ("password", PlatformUnderTest.Password), ("newPassword", Other));

        Assert.Equal("/settings/security?done=password", done.Location);
        Assert.Equal("invalid_grant", (await platform.RenewAsync(app, grant.Refresh)).Error);
        Assert.Equal("invalid_grant", (await platform.RedeemAsync(app, unused)).Error);
        Assert.False(await platform.OpensAsync(grant.Access));
        Assert.True(await platform.OpensAsync(brunos.Access));
        Assert.Equal((200, 302), ((await desk.GetAsync("/settings/security")).Status, (await phone.GetAsync("/settings/security")).Status));
        Assert.Equal((422, 303), ((await phone.LogInAsync("ada")).Status, (await phone.LogInAsync("ada", Other)).Status));
        // The consent stands: the app asks again and goes on.
        Assert.True((await platform.GrantAsync(app, ada)).IsGranted);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Case_61_a_new_password_by_letter_ends_tokens_and_sessions_and_signs_nobody_in(bool byLink)
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var (app, ada) = (await platform.AppAsync(), await platform.ReachableAsync("ada"));
        var grant = await platform.GrantAsync(app, ada);
        using var known = platform.Visitor();
        await known.LogInAsync("ada");
        using var browser = platform.Visitor();
        await browser.SubmitAsync(await browser.GetAsync("/login/reset"), "/login/reset", ("username", "ADA@example.test"));
        var letter = (await platform.LettersToAsync("ada@example.test"))[0];
        var link = new Uri(letter.Split('\n').Select(line => line.Trim()).Single(line => line.StartsWith("http", StringComparison.Ordinal)));
        Assert.Equal(platform.App.BoundAddress().Port, link.Port);

        var path = byLink ? "/login/reset/link" : "/login/reset/code";
        var page = byLink ? await browser.GetAsync(link.PathAndQuery) : await browser.GetAsync(path);
        (string, string)[] code = byLink ? [] : [("code", await platform.CodeToAsync("ada@example.test"))];
        Assert.Equal(422, (await browser.SubmitAsync(page, path, [.. code, ("password", "short")])).Status); // nothing is used up by it
        var done = await browser.SubmitAsync(page, path, [.. code, ("password", Other)]);
        var again = await browser.SubmitAsync(page, path, [.. code, ("password", "a third long one")]);

        Assert.Equal((303, "/login?reset&next=%2F", 422), (done.Status, done.Location, again.Status));
        Assert.Equal(302, (await browser.GetAsync("/settings/security")).Status);
        Assert.Equal(302, (await known.GetAsync("/settings/security")).Status);
        Assert.Equal("invalid_grant", (await platform.RenewAsync(app, grant.Refresh)).Error);
        Assert.Equal((422, 303), ((await browser.LogInAsync("ada")).Status, (await browser.LogInAsync("ada", Other)).Status));
        Assert.Contains("New password by letter", (await browser.GetAsync("/settings/activity")).Text, StringComparison.Ordinal);
        Assert.Contains("was changed", (await platform.LettersToAsync("ada@example.test"))[0], StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Case_61_a_deleted_account_leaves_no_token_session_profile_video_or_file(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        var (app, ada, bruno) = (await platform.AppAsync(), await platform.PersonAsync("ada"), await platform.PersonAsync("bruno"));
        using var desk = platform.Visitor();
        using var phone = platform.Visitor();
        await desk.LogInAsync("ada");
        await phone.LogInAsync("ada");
        using var friend = platform.Visitor();
        await friend.LogInAsync("bruno");
        var (grant, unused) = (await platform.GrantAsync(app, ada), await platform.CodeAsync(app, ada));
        var own = await platform.AppAsync("adas", owner: ada);
        var brunos = await platform.GrantAsync(own, bruno);
        await platform.VideoAsync("adasvideo", ada, likedBy: bruno);
        await platform.VideoAsync("brunosvideo", bruno, likedBy: ada);
        Assert.Equal(200, (await friend.GetAsync("/@ada/video/adasvideo")).Status);

        const string delete = "/settings/profile/delete";
        Assert.Equal(422, (await desk.SubmitAsync(await desk.GetAsync("/settings/profile"), delete, ("confirmName", "bruno"), ("password", PlatformUnderTest.Password))).Status);
        Assert.Equal(422, (await desk.SubmitAsync(await desk.GetAsync("/settings/profile"), delete, ("confirmName", "ada"), ("password", "not this one"))).Status);
        Assert.True(await platform.OpensAsync(grant.Access));
        Assert.Equal("/login?deleted", (await desk.SubmitAsync(await desk.GetAsync("/settings/profile"), delete, ("confirmName", "@Ada"), ("password", PlatformUnderTest.Password))).Location);

        Assert.Equal("invalid_grant", (await platform.RenewAsync(app, grant.Refresh)).Error);
        Assert.Equal("invalid_grant", (await platform.RedeemAsync(app, unused)).Error);
        Assert.False(await platform.OpensAsync(grant.Access));
        Assert.False(await platform.OpensAsync(brunos.Access)); // through an app that went with its developer
        Assert.Equal(302, (await phone.GetAsync("/settings/profile")).Status);
        Assert.Equal(422, (await phone.LogInAsync("ada")).Status);
        foreach (var gone in new[] { "/@ada", "/@ada/avatar", "/@ada/video/adasvideo", "/@ada/video/adasvideo/file" })
            Assert.Equal(404, (await friend.GetAsync(gone)).Status);
        await platform.Service<Holdfast.People.Account.RemoveBlobs>().RunDueAsync(CancellationToken.None);
        Assert.Null(await platform.Service<Holdfast.Storage.Blobs.IBlobStore>().LengthAsync("videos/adasvideo", CancellationToken.None));
        Assert.NotNull(await platform.Service<Holdfast.Storage.Blobs.IBlobStore>().LengthAsync("videos/brunosvideo", CancellationToken.None));

        await platform.Database.ReadAsync(async session =>
        {
            Assert.Equal(0, await session.FirstAsync<long>("select count(*) from person where id = @Id or user_name = 'ada' or email = 'ada@example.test' or display_name = 'ada'", new { ada.Id }));
            Assert.Equal(2, await session.FirstAsync<long>("select reason from authorization_event where kind = 'removed' and app_id = @Id", new { app.Id }));
            Assert.Equal(0, await session.FirstAsync<long>("select like_count from video where id = 'brunosvideo'"));
            Assert.Equal(0, await session.FirstAsync<long>("select likes_count from creator where person_id = @Id", new { bruno.Id }));
            return true;
        });
        Assert.Contains("deleted", Assert.Single(await platform.LettersToAsync("ada@example.test")), StringComparison.Ordinal);
        // The name is free again, and whoever takes it is somebody else.
        using var next = platform.Visitor();
        Assert.Equal(303, (await next.SubmitAsync(await next.GetAsync("/signup"), "/signup", ("username", "ada"), ("password", Other))).Status);
        Assert.DoesNotContain("pottery", (await next.GetAsync("/settings/apps")).Text, StringComparison.Ordinal);
    }

    /// <summary>A server that refuses before it has read everything may hang up on a client that still writes.</summary>
    private static async Task RefusedAsync(Func<Task<Visit>> ask)
    {
        try
        {
            Assert.InRange((await ask()).Status, 400, 499);
        }
        catch (HttpRequestException hungUp)
        {
            Assert.IsType<IOException>(hungUp.InnerException);
        }
    }
}
