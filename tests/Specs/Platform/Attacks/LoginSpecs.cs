using System.Net;
using Holdfast.Shell.Hosting;
using Holdfast.Specs.Platform.Authorize;

namespace Holdfast.Specs.Platform.Attacks;

/// <summary>Attack cases 73, 74, 75, 85, 87 and 90: signing in, its cookie, and its end.</summary>
public sealed class LoginSpecs
{
    private const string Cookie = "hf_platform_session";

    [Theory]
    [InlineData("/login")]
    [InlineData("/signup")]
    [InlineData("/login/letter")]
    [InlineData("/login/letter/enter")]
    [InlineData("/login/reset")]
    [InlineData("/login/reset/code")]
    [InlineData("/login/reset/link")]
    public async Task Case_73_a_form_posted_by_another_site_signs_nobody_in(string path)
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        await platform.PersonAsync("mallory");
        (string, string)[] fields = [("username", "mallory"), ("password", PlatformUnderTest.Password), ("code", "000000"), ("link", "x")];

        foreach (var (header, value) in new[] { ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site"), ("Origin", "https://evil.example"), ("Origin", "null") })
        {
            using var foreign = await SendAsync(platform, path, fields, (header, value));
            Assert.Equal(403, (int)foreign.StatusCode);
        }
        // Without such a header (an old browser, a program) the form token stands behind it.
        using var forged = await SendAsync(platform, path, fields);
        Assert.Equal(400, (int)forged.StatusCode);
        Assert.False(forged.Headers.Contains("Set-Cookie") && forged.Headers.GetValues("Set-Cookie").Any(cookie => cookie.StartsWith(Cookie, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Case_74_the_session_has_a_new_name_after_signing_in_and_after_proving_oneself_again()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        await platform.PersonAsync("ada");
        using var browser = platform.Visitor();
        await browser.LogInAsync("ada");
        var first = Session(browser);
        await browser.LogInAgainAsync("ada");
        var second = Session(browser);
        await browser.SubmitAsync(await browser.GetAsync("/settings/security"), "/settings/security/password", ("password", PlatformUnderTest.Password), ("newPassword", "another long one"));
        var third = Session(browser);

        Assert.Equal(3, new HashSet<string> { first, second, third }.Count);
        Assert.Equal(200, (await browser.GetAsync("/settings/security")).Status);
        foreach (var old in new[] { first, second })
            Assert.Equal(302, await OpenedByAsync(platform, old));
    }

    [Fact]
    public async Task Case_75_over_https_every_cookie_is_host_bound_secure_and_out_of_reach_of_script()
    {
        // As behind a proxy that ends TLS: the address people use is https.
        await using var platform = await PlatformUnderTest.StartAsync(url: "https://platform.example.test");
        await platform.PersonAsync("ada");
        using var page = await platform.Http.GetAsync("/login");
        var forgery = page.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        var token = new Visit(page, await page.Content.ReadAsStringAsync()).Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        using var done = await SendAsync(platform, "/login", [("username", "ada"), ("password", PlatformUnderTest.Password), ("__RequestVerificationToken", token)], ("Cookie", forgery));
        using var asked = await SendAsync(platform, "/login/reset", [("username", "ada"), ("__RequestVerificationToken", token)], ("Cookie", forgery));

        var cookies = new[] { page, done, asked }.SelectMany(answer => answer.Headers.GetValues("Set-Cookie")).ToList();
        Assert.Equal(["__Host-hf_platform_antiforgery", "__Host-hf_platform_code_reset", "__Host-hf_platform_session"], cookies.Select(cookie => cookie.Split('=')[0]).Order(StringComparer.Ordinal));
        foreach (var cookie in cookies)
        {
            foreach (var part in new[] { "; secure", "; httponly", "; samesite=lax", "; path=/" })
                Assert.Contains(part, cookie, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);
        }
        var session = cookies.Single(cookie => cookie.Contains("session", StringComparison.Ordinal)).Split(';')[0].Split('=', 2)[1];
        var file = Directory.GetFiles(platform.Folder, "*.db*").SelectMany(File.ReadAllBytes).ToArray();
        Assert.True(file.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(session)) < 0);
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("https:evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("https://evil.example/")]
    [InlineData("/\t/evil.example")]
    public async Task Case_85_no_way_in_or_out_leads_to_another_site(string next)
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        await platform.ReachableAsync("ada");
        using var browser = platform.Visitor();
        var escaped = Uri.EscapeDataString(next);

        Assert.Equal("/", (await browser.LogInAsync("ada", next: next)).Location);
        Assert.Equal("/", (await browser.GetAsync($"/login?next={escaped}")).Location);
        Assert.Equal("/", (await browser.SubmitAsync(await browser.GetAsync("/"), "/logout", ("next", next))).Location);
        Assert.Equal("/", (await browser.SubmitAsync(await browser.GetAsync($"/signup?next={escaped}"), "/signup", ("username", "eve"), ("password", PlatformUnderTest.Password))).Location);
        await browser.SubmitAsync(await browser.GetAsync("/"), "/logout");
        await browser.SubmitAsync(await browser.GetAsync($"/login/letter?next={escaped}"), "/login/letter", ("username", "ada"));
        Assert.Equal("/", (await browser.SubmitAsync(await browser.GetAsync($"/login/letter/enter?next={escaped}"), "/login/letter/enter", ("code", await platform.CodeToAsync("ada@example.test")))).Location);
        await browser.SubmitAsync(await browser.GetAsync("/"), "/logout");
        var asked = await browser.SubmitAsync(await browser.GetAsync($"/login/reset?next={escaped}"), "/login/reset", ("username", "ada"));
        Assert.Equal("/login/reset/code?next=%2F", asked.Location);
    }

    [Fact]
    public async Task Case_87_whatever_fails_shows_one_plain_page_without_a_stack_a_path_or_a_version()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        await platform.PersonAsync("ada");
        using var badCookie = await SendAsync(platform, "/login", [("username", "ada")], ("Cookie", "hf_platform_antiforgery=%00%ff; hf_platform_session=" + new string('x', 150)));
        using var badForm = await platform.Http.PostAsync("/login", new StringContent("{", System.Text.Encoding.UTF8, "application/json"));
        using var tooLarge = await SendAsync(platform, "/login", [("password", new string('x', 1_200_000))]);
        using var missing = await platform.Http.GetAsync("/no/such/page");
        await platform.Database.WriteAsync(session => session.RunAsync("alter table person rename to person_gone"));
        using var broken = await platform.Http.GetAsync("/@ada");

        Assert.Equal([400, 404, 500], new[] { badCookie, missing, broken }.Select(answer => (int)answer.StatusCode));
        Assert.InRange((int)badForm.StatusCode, 400, 499);
        Assert.InRange((int)tooLarge.StatusCode, 400, 499);
        foreach (var answer in new[] { badCookie, badForm, tooLarge, missing, broken })
        {
            var body = await answer.Content.ReadAsStringAsync();
            Assert.Contains("message-page", body, StringComparison.Ordinal);
            foreach (var leak in new[] { " at Holdfast", "Exception", ".cs:", "SQLite", "person_gone", platform.Folder, "Kestrel" })
                Assert.DoesNotContain(leak, body, StringComparison.OrdinalIgnoreCase);
            Assert.False(answer.Headers.Contains("Server") || answer.Headers.Contains("X-Powered-By"));
        }
    }

    [Fact]
    public async Task Case_90_a_cookie_stolen_before_signing_out_opens_nothing_afterwards()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        await platform.PersonAsync("ada");
        using var browser = platform.Visitor();
        await browser.LogInAsync("ada");
        var stolen = Session(browser);
        Assert.Equal(200, await OpenedByAsync(platform, stolen));

        var page = await browser.GetAsync("/settings/security");
        Assert.True(page.Answer.Headers.CacheControl?.NoStore); // the back button asks again
        await browser.SubmitAsync(page, "/logout");

        Assert.Equal(302, await OpenedByAsync(platform, stolen));
    }

    [Fact]
    public async Task Case_90_signing_out_everywhere_ends_every_session_of_this_person_on_the_server_and_nobody_elses()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        await platform.PersonAsync("ada");
        await platform.PersonAsync("bruno");
        using var desk = platform.Visitor();
        using var phone = platform.Visitor();
        using var bruno = platform.Visitor();
        await desk.LogInAsync("ada");
        await phone.LogInAsync("ada");
        await bruno.LogInAsync("bruno");
        var cookies = new[] { Session(desk), Session(phone) };

        var done = await desk.SubmitAsync(await desk.GetAsync("/settings/security"), "/settings/security/sessions/end-all");

        Assert.Equal("/login?everywhere", done.Location);
        foreach (var cookie in cookies)
            Assert.Equal(302, await OpenedByAsync(platform, cookie));
        Assert.Equal(200, (await bruno.GetAsync("/settings/security")).Status);
        await desk.LogInAsync("ada");
        Assert.Contains("Signed out everywhere", (await desk.GetAsync("/settings/activity")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case_90_one_other_session_can_be_ended_and_somebody_elses_is_not_there()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        await platform.PersonAsync("ada");
        await platform.PersonAsync("mallory");
        using var desk = platform.Visitor();
        using var phone = platform.Visitor();
        using var mallory = platform.Visitor();
        await desk.LogInAsync("ada");
        await phone.LogInAsync("ada");
        await mallory.LogInAsync("mallory");
        await mallory.LogInAgainAsync("mallory");
        var page = await desk.GetAsync("/settings/security");
        var others = page.Page.QuerySelectorAll("form[action='/settings/security/sessions/end'] input[name=id]").Select(input => input.GetAttribute("value")!).ToList();
        var id = Assert.Single(others); // this browser's own has no such button

        var theft = await mallory.PostWithTokenAsync("/settings/security", "/settings/security/sessions/end", ("id", id));
        Assert.Equal(404, theft.Status);
        Assert.Equal(200, (await phone.GetAsync("/settings/security")).Status);
        Assert.Equal(303, (await desk.SubmitAsync(page, "/settings/security/sessions/end")).Status);
        Assert.Equal(302, (await phone.GetAsync("/settings/security")).Status);
        Assert.Equal(200, (await desk.GetAsync("/settings/security")).Status);
    }

    private static string Session(Visitor browser) => browser.Cookies.GetAllCookies().Single(cookie => cookie.Name == Cookie).Value;

    private static async Task<int> OpenedByAsync(PlatformUnderTest platform, string session)
    {
        using var thief = platform.Visitor();
        thief.Cookies.Add(new Cookie(Cookie, session, "/", platform.App.BoundAddress().Host));
        return (await thief.GetAsync("/settings/security")).Status;
    }

    private static async Task<HttpResponseMessage> SendAsync(PlatformUnderTest platform, string path, (string Name, string Value)[] fields, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))) };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await platform.Http.SendAsync(request);
    }
}
