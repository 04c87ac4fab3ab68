using Holdfast.People;
using Holdfast.Specs.Platform.Attacks;
using Holdfast.Specs.Platform.Authorize;
using Holdfast.Specs.Platform.SignIn.External;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Settings;

/// <summary>The security page with what other features bring to it, and accounts that have no password.</summary>
public sealed class SecurityPageSpecs
{
    private static readonly FakePerson Mina = new("sub-mina", "mina@club.example.test");

    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    // The browser still holds the handle of the letter that ada asked for when bruno signs in there.
    [Fact]
    public async Task A_code_that_another_account_asked_for_in_this_browser_proves_nothing()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        await platform.PersonAsync("bruno");
        using var browser = await platform.SignedInVisitorAsync("ada");
        var asked = await browser.SubmitAsync(await browser.GetAsync("/settings/security"), "/settings/security/email/again");
        var code = await platform.CodeToAsync("ada@example.test");
        Assert.Equal(303, asked.Status);
        await browser.LogInAgainAsync("bruno");

        var answer = await browser.SubmitAsync(await browser.GetAsync("/settings/security"), "/settings/security/email/code", ("code", code));

        Assert.Equal(422, answer.Status);
        Assert.Contains("@bruno", (await browser.GetAsync("/settings/security")).Text, StringComparison.Ordinal);
        Assert.Equal(0, await platform.Database.ReadAsync(session => session.FirstAsync<long>("select count(*) from person where email_verified_at is not null")));
    }

    [Fact]
    public async Task Every_page_of_the_settings_is_reached_by_links_and_keeps_its_tabs()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        await platform.PersonAsync("ada");
        using var browser = platform.Visitor();
        await browser.LogInAsync("ada");

        var seen = new HashSet<string>(["/settings"], StringComparer.Ordinal);
        for (var found = new Queue<string>(seen); found.TryDequeue(out var path);)
        {
            var page = await browser.OpenAsync(path);
            Assert.Equal(200, page.Status);
            Assert.Equal(4, page.Page.QuerySelectorAll(".settings-tabs a").Length);
            foreach (var link in page.Page.QuerySelectorAll("a[href^='/settings']").Select(link => link.GetAttribute("href")!).Where(seen.Add))
                found.Enqueue(link);
        }

        Assert.Superset(new HashSet<string>(["/settings/profile", "/settings/security", "/settings/security/factors", "/settings/security/linked", "/settings/apps", "/settings/activity"]), seen);
    }

    [Fact]
    public async Task The_security_page_tells_second_factors_and_linked_accounts_in_a_line_between_password_and_sessions()
    {
        await using var acme = await FakeProvider.StartAsync();
        await using var platform = await acme.PlatformAsync();
        await platform.PersonAsync("ada");
        using var browser = platform.Visitor();
        await browser.LogInAsync("ada");
        var before = await browser.GetAsync("/settings/security");
        await browser.LinkAsync(acme, Mina);
        await platform.EnrolAsync(browser);

        var after = await browser.GetAsync("/settings/security");

        Assert.Equal(["email-card", "password-card", "factors-card", "linked-card", "sessions-card"], after.Page.QuerySelectorAll("section.card").Select(card => card.Id));
        Assert.Contains("A password alone opens this account", State(before, "factors"), StringComparison.Ordinal);
        Assert.Equal("Authenticator app · 10 recovery codes left", State(after, "factors"));
        Assert.Equal("No account elsewhere opens this one.", State(before, "linked"));
        Assert.Equal("The acme", State(after, "linked"));

        static string State(Visit page, string card) => page.Page.QuerySelector($"#{card}-state")!.TextContent;
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Who_came_by_a_provider_sets_a_first_password_right_after_logging_in_and_not_ten_minutes_later(Engine engine)
    {
        await using var acme = await FakeProvider.StartAsync();
        await using var platform = await acme.PlatformAsync(engine);
        using var browser = platform.Visitor();
        await browser.SignUpAsync(acme, Mina, "mina");
        var page = await browser.GetAsync("/settings/security");
        Assert.Null(page.Page.QuerySelector("input[name=password]"));
        platform.Clock.Advance(TimeSpan.FromMinutes(10));

        var late = await SetAsync();
        Assert.Equal(422, late.Status);
        Assert.Contains("a log-in from the last ten minutes", late.Text, StringComparison.Ordinal);
        Assert.NotNull(late.Page.QuerySelector("#old-password button[formaction='/logout'][name=next]"));
        using var other = platform.Visitor();
        Assert.Equal(422, (await other.LogInAsync("mina")).Status);

        acme.Falsify = token => token.Expires = token.Expires!.Value.AddHours(1); // the provider's clock goes on too
        await browser.SubmitAsync(late, "/logout");
        Assert.Equal("/settings/apps", (await browser.GoAsync(acme, Mina)).Location);
        Assert.Equal("/settings/security?done=password", (await SetAsync()).Location);
        Assert.Equal(303, (await other.LogInAsync("mina")).Status);
        Assert.NotNull((await browser.GetAsync("/settings/security")).Page.QuerySelector("#old-password[type=password]"));

        async Task<Visit> SetAsync() => await browser.SubmitAsync(await browser.GetAsync("/settings/security"), "/settings/security/password", ("newPassword", PlatformUnderTest.Password));
    }

    [Fact]
    public async Task Without_a_password_a_young_log_in_changes_the_address_and_deletes_the_account()
    {
        await using var acme = await FakeProvider.StartAsync();
        await using var platform = await acme.PlatformAsync();
        using var browser = platform.Visitor();
        await browser.SignUpAsync(acme, Mina, "mina");

        Assert.Equal("/settings/security?done=code", (await EmailAsync("new@example.test")).Location);
        Assert.Equal(303, (await browser.SubmitAsync(await browser.GetAsync("/settings/security"), "/settings/security/email/code", ("code", await platform.CodeToAsync("new@example.test")))).Status);
        platform.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(422, (await EmailAsync("late@example.test")).Status);
        Assert.Equal(422, (await DeleteAsync()).Status);
        Assert.Empty(await platform.LettersToAsync("late@example.test"));
        await platform.Database.WriteAsync(session => session.RunAsync("update session set created_at = @now", new { now = platform.Clock.GetUtcNow() }));

        Assert.Equal("/login?deleted", (await DeleteAsync()).Location);
        Assert.Null(await platform.Service<PeopleStore>().FindByUserNameAsync("mina"));

        async Task<Visit> EmailAsync(string address) => await browser.SubmitAsync(await browser.GetAsync("/settings/security"), "/settings/security/email", ("email", address));

        async Task<Visit> DeleteAsync() => await browser.SubmitAsync(await browser.GetAsync("/settings/profile"), "/settings/profile/delete", ("confirmName", "mina"));
    }

    [Fact]
    public async Task An_email_that_a_provider_vouched_for_is_proven_and_takes_codes()
    {
        await using var acme = await FakeProvider.StartAsync();
        await using var platform = await acme.PlatformAsync();
        using var browser = platform.Visitor();
        await browser.SignUpAsync(acme, Mina, "mina");
        Assert.Contains("confirmed", (await browser.GetAsync("/settings/security")).Page.QuerySelector("#email-card .badge")!.TextContent, StringComparison.Ordinal);

        using var phone = platform.Visitor();
        await phone.SubmitAsync(await phone.GetAsync("/login/letter"), "/login/letter", ("username", Mina.Email!));
        var code = await platform.CodeToAsync(Mina.Email!);
        Assert.Equal(303, (await phone.SubmitAsync(await phone.GetAsync("/login/letter/enter"), "/login/letter/enter", ("code", code))).Status);
        Assert.True(await phone.IsInAsync());
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_passkey_is_a_way_in_and_the_last_way_in_is_never_removed(Engine engine)
    {
        await using var acme = await FakeProvider.StartAsync();
        await using var platform = await acme.PlatformAsync(engine);
        using var passkey = new SoftPasskey(platform.Origin());
        using var browser = platform.AtLocalhost();
        await browser.SignUpAsync(acme, Mina, "mina");
        Assert.Equal(422, (await UnlinkAsync()).Status);
        var codes = (await browser.AddPasskeyAsync(passkey)).Page.QuerySelector("#recovery-codes")!.TextContent.Split('\n');
        Assert.Equal(303, (await UnlinkAsync()).Status);

        var page = await browser.GetAsync(FactorPages.Factors);
        var refused = await browser.SubmitAsync(page, FactorPages.Factors + "/passkeys/remove", ("id", page.PasskeyId()), ("proof", codes[0]));

        Assert.Equal(422, refused.Status);
        Assert.Contains("This is your only way in", refused.Text, StringComparison.Ordinal);
        Assert.Equal(1, await platform.CountAsync("passkey"));
        await browser.LinkAsync(acme, Mina);
        Assert.Equal(303, (await browser.SubmitAsync(page, FactorPages.Factors + "/passkeys/remove", ("id", page.PasskeyId()), ("proof", codes[1]))).Status);

        async Task<Visit> UnlinkAsync()
        {
            var linked = await browser.GetAsync(Trips.Linked);
            return await browser.SubmitAsync(linked, Trips.Linked + "/remove");
        }
    }

    [Fact]
    public async Task Logging_in_to_link_with_another_account_than_the_one_the_email_names_asks_a_second_time()
    {
        await using var acme = await FakeProvider.StartAsync();
        await using var platform = await acme.PlatformAsync();
        await platform.PersonAsync("ada");
        await platform.PersonAsync("bruno");
        var asAda = new FakePerson("sub-ada", "ada@example.test");
        using var browser = platform.Visitor();
        var link = (await browser.GoAsync(acme, asAda)).Location + "/link";
        await browser.LogInAsync("bruno", next: link);

        var page = await browser.GetAsync(link);
        Assert.Contains("You are logged in as @bruno", page.Page.QuerySelector("#other-account")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(422, (await browser.SubmitAsync(page, link)).Status);
        Assert.Null(await platform.OwnerAsync(asAda));

        await browser.SubmitAsync(await browser.GetAsync("/"), "/logout");
        await browser.LogInAsync("ada", next: link);
        page = await browser.GetAsync(link);
        Assert.Null(page.Page.QuerySelector("#other-account"));
        Assert.Equal(303, (await browser.SubmitAsync(page, link)).Status);
        Assert.Equal("ada", await platform.OwnerAsync(asAda));

        using var sure = platform.Visitor();
        var second = new FakePerson("sub-ada-2", "ada@example.test");
        link = (await sure.GoAsync(acme, second)).Location + "/link";
        await sure.LogInAsync("bruno", next: link);
        Assert.Equal(303, (await sure.SubmitAsync(await sure.GetAsync(link), link, ("other", "true"))).Status);
        Assert.Equal("bruno", await platform.OwnerAsync(second));
    }
}
