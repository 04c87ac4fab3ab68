using Holdfast.People.Sessions;
using Holdfast.Shell.Hosting;
using Holdfast.Specs.Platform.Attacks;
using Holdfast.Specs.Platform.Authorize;

namespace Holdfast.Specs.Platform.Settings;

public sealed class SettingsSpecs
{
    [Fact]
    public async Task A_private_account_shows_strangers_no_video_and_tells_apps_so()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var (app, ada, bruno) = (await platform.AppAsync(), await platform.PersonAsync("ada"), await platform.PersonAsync("bruno"));
        await platform.VideoAsync("adasvideo", ada, likedBy: bruno);
        var grant = await platform.GrantAsync(app, ada, "user.info.basic,video.publish");
        using var browser = platform.Visitor();
        using var stranger = platform.Visitor();
        await browser.LogInAsync("ada");

        var page = await browser.OpenAsync("/settings");
        var done = await browser.SubmitAsync(page, "/settings/profile", ("displayName", "Ada L"), ("bio", "Pots\r\nand <b>pans</b>"), ("isPrivate", "true"));

        Assert.Equal("/settings/profile?done=profile", done.Location);
        Assert.Contains("Saved.", (await browser.GetAsync(done.Location!)).Text, StringComparison.Ordinal);
        var profile = await stranger.GetAsync("/@ada");
        Assert.Contains("private account", profile.Text, StringComparison.Ordinal);
        Assert.Contains("Pots\nand <b>pans</b>", profile.Page.QuerySelector(".profile-bio")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Ada L", profile.Page.QuerySelector("h1")!.TextContent);
        Assert.Equal(404, (await stranger.GetAsync("/@ada/video/adasvideo")).Status);
        Assert.Equal(200, (await browser.GetAsync("/@ada/video/adasvideo")).Status);
        Assert.Contains("FOLLOWER_OF_CREATOR", await CreatorInfoAsync(platform, grant.Access), StringComparison.Ordinal);

        await browser.SubmitAsync(await browser.GetAsync("/settings/profile"), "/settings/profile", ("isPrivate", Visitor.Untick), ("bio", ""));
        Assert.Equal(200, (await stranger.GetAsync("/@ada/video/adasvideo")).Status);
        Assert.DoesNotContain("FOLLOWER_OF_CREATOR", await CreatorInfoAsync(platform, grant.Access), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("displayName", "   ")]
    [InlineData("displayName", "a name that goes on and on and on, far longer than any profile shows")]
    [InlineData("displayName", "bell\a")]
    [InlineData("bio", "tab\vhere")]
    public async Task What_cannot_stand_on_a_profile_is_refused_beside_its_field(string field, string value)
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        await platform.PersonAsync("ada");
        using var browser = platform.Visitor();
        await browser.LogInAsync("ada");

        var answer = await browser.SubmitAsync(await browser.GetAsync("/settings/profile"), "/settings/profile", (field, value));

        Assert.Equal(422, answer.Status);
        Assert.Equal("true", answer.Page.QuerySelector($"[name={field}]")!.GetAttribute("aria-invalid"));
    }

    [Fact]
    public async Task A_new_address_needs_the_password_and_its_code_and_the_old_address_is_told()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        await platform.ReachableAsync("ada");
        using var browser = platform.Visitor();
        await browser.LogInAsync("ada");
        Assert.Equal(422, (await ChangeAsync("new@example.test", "not this one")).Status);
        Assert.Empty(await platform.LettersToAsync("new@example.test"));
        Assert.Equal(303, (await ChangeAsync("New@example.test", PlatformUnderTest.Password)).Status);
        using var other = platform.Visitor();
        Assert.Equal(422, (await other.LogInAsync("new@example.test")).Status);

        var code = await platform.CodeToAsync("new@example.test");
        Assert.Equal(303, (await browser.SubmitAsync(await browser.GetAsync("/settings/security"), "/settings/security/email/code", ("code", code[..3] + " " + code[3..]))).Status);

        Assert.Equal((303, 422), ((await other.LogInAsync("new@example.test")).Status, (await platform.Visitor().LogInAsync("ada@example.test")).Status));
        Assert.Contains("now has another e-mail address", (await platform.LettersToAsync("ada@example.test"))[0], StringComparison.Ordinal);

        async Task<Visit> ChangeAsync(string email, string password) =>
            await browser.SubmitAsync(await browser.GetAsync("/settings/security"), "/settings/security/email", ("email", email), ("password", password));
    }

    [Fact]
    public async Task The_security_page_names_browsers_in_words_and_the_activity_page_tells_how_somebody_logged_in()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var ada = await platform.PersonAsync("ada");
        using var browser = platform.Visitor();
        await browser.LogInAsync("ada");
        await platform.Service<SessionStore>().BeginAsync(ada.Id, "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "192.0.2.7");

        var page = (await browser.GetAsync("/settings/security")).Text;
        var activity = (await browser.GetAsync("/settings/activity")).Text;

        Assert.Contains("Firefox on Linux", page, StringComparison.Ordinal);
        Assert.Contains("192.0.2.7", page, StringComparison.Ordinal);
        Assert.Contains("this one", page, StringComparison.Ordinal);
        Assert.Contains("with the password", activity, StringComparison.Ordinal);
        Assert.DoesNotContain("activity.", activity, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0", "Edge", "Windows")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1", "Safari", "iPhone")]
    [InlineData("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36", "Chrome", "Android")]
    [InlineData("somebot", null, null)]
    public void A_browser_has_a_name_people_know(string userAgent, string? browser, string? system) =>
        Assert.Equal(new BrowserName(browser, system), BrowserName.Of(userAgent));

    [Fact]
    public async Task The_trouble_page_starts_this_site_clean_and_leaves_studio_alone()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        await platform.PersonAsync("ada");
        using var browser = platform.Visitor();
        await browser.LogInAsync("ada");
        var host = platform.App.BoundAddress().Host;
        browser.Cookies.Add(new System.Net.Cookie("hf_studio_session", "studios", "/", host));
        browser.Cookies.Add(new System.Net.Cookie("hf_platform_antiforgery", "broken", "/", host));

        var done = await browser.PostAsync("/login/trouble"); // even without a form token

        Assert.Equal("/login/trouble?cleared", done.Location);
        Assert.DoesNotContain(done.Answer.Headers, header => header.Key == "Clear-Site-Data");
        Assert.Equal(["hf_platform_probe", "hf_studio_session"], browser.Cookies.GetAllCookies().Where(cookie => !cookie.Expired).Select(cookie => cookie.Name).Order(StringComparer.Ordinal));
        // By name, whatever the browser sent: also one of a path the page does not see.
        var expired = done.Answer.Headers.GetValues("Set-Cookie").Where(set => set.Contains("expires=Thu, 01 Jan 1970", StringComparison.Ordinal)).Select(set => set.Split('=')[0]).ToList();
        Assert.Superset(new HashSet<string>(Holdfast.Platform.PlatformApp.Identity.Cookies(https: false).Where(name => name != "hf_platform_probe")), new HashSet<string>(expired));
        Assert.Superset(new HashSet<string>(["hf_platform_session", "hf_platform_antiforgery", "hf_platform_2fa", "hf_platform_passkey", "hf_platform_external", "hf_platform_code_verify", "hf_platform_code_signin", "hf_platform_code_reset", "hf_platform_guide"]), new HashSet<string>(expired));
        Assert.All(expired, name => Assert.StartsWith("hf_platform_", name, StringComparison.Ordinal));
        Assert.NotNull((await browser.GetAsync(done.Location!)).Page.QuerySelector("#cleared"));
        Assert.Equal(303, (await browser.LogInAsync("ada")).Status);
        using var cookieless = platform.Visitor();
        Assert.NotNull((await cookieless.GetAsync("/login/trouble?cleared")).Page.QuerySelector("#cookies-blocked"));
        Assert.Equal(0, await platform.Database.ReadAsync(session => session.FirstAsync<long>("select count(*) - 1 from session")));
    }

    private static async Task<string> CreatorInfoAsync(PlatformUnderTest platform, string access)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v2/post/publish/creator_info/query/");
        request.Headers.Authorization = new("Bearer", access);
        using var answer = await platform.Http.SendAsync(request);
        return await answer.Content.ReadAsStringAsync();
    }
}
