using AngleSharp.Html.Parser;
using Holdfast.People;
using Holdfast.Specs.Platform.Authorize;
using Holdfast.Specs.Platform.SignIn.External;

namespace Holdfast.Specs.Platform.Attacks;

/// <summary>Attack case 86: an e-mail that a provider names opens no account here, and tells of none.</summary>
[Trait("attack", "86")]
public sealed class SocialEmailSpecs
{
    private static readonly FakePerson Mina = new("sub-mina", "mina@club.example.test");

    [Fact]
    public async Task A_verified_email_links_to_no_account_before_its_person_has_logged_in()
    {
        await using var acme = await FakeProvider.StartAsync();
        await using var platform = await acme.PlatformAsync();
        var ada = await platform.PersonAsync("ada");
        var sameEmail = new FakePerson("sub-ada", ada.Email);
        using var browser = platform.Visitor();

        var welcome = await browser.GoAsync(acme, sameEmail);
        var page = await browser.GetAsync(welcome.Location!);

        Assert.NotNull(page.Page.QuerySelector("#email-is-taken"));
        Assert.False(await browser.IsSignedInAsync());
        Assert.StartsWith("/login?next=", (await browser.GetAsync(welcome.Location + "/link")).Location, StringComparison.Ordinal);
        Assert.Equal(0, await platform.CountAsync("external_login"));

        // Even the account's own person, in another browser, cannot be made to link it.
        using var elsewhere = platform.Visitor();
        await elsewhere.LogInAsync("ada");
        Assert.Equal("NotAsked", (await elsewhere.GetAsync(welcome.Location + "/link")).Problem());

        var back = await browser.LogInAsync("ada", next: welcome.Location + "/link");
        Assert.Equal(0, await platform.CountAsync("external_login"));
        Assert.Equal("/settings/apps", (await browser.SubmitAsync(await browser.GetAsync(back.Location!), back.Location!)).Location);
        Assert.Equal("ada", await platform.OwnerAsync(sameEmail));
    }

    [Fact]
    public async Task An_unverified_email_says_nothing_about_accounts_here_and_is_not_kept_as_ones_own()
    {
        await using var acme = await FakeProvider.StartAsync();
        await using var platform = await acme.PlatformAsync();
        // Not the user name: that one is public, and another is proposed where somebody has it.
        await platform.Service<PeopleStore>().SignUpAsync(new NewPerson("ada", PlatformUnderTest.Password, "potter@example.test", "Ada"));
        using var browser = platform.Visitor();
        using var other = platform.Visitor();

        var claimed = await browser.GoAsync(acme, new FakePerson("sub-1", "potter@example.test", IsVerified: false));
        var nobodys = await other.GoAsync(acme, new FakePerson("sub-2", "abc@example.test", IsVerified: false));
        var (claimedPage, nobodysPage) = (await browser.GetAsync(claimed.Location!), await other.GetAsync(nobodys.Location!));

        Assert.Null(claimedPage.Page.QuerySelector("#email-is-taken"));
        Assert.Equal(Shape(claimedPage, "potter"), Shape(nobodysPage, "abc"));
        await browser.SubmitAsync(claimedPage, claimed.Location!, ("username", "mallory"));
        await other.SubmitAsync(nobodysPage, nobodys.Location!, ("username", "abc"));
        Assert.Equal([null, null], await platform.Database.ReadAsync(session => session.ListAsync<string?>("select email from person where user_name in ('mallory', 'abc')")));
    }

    [Fact]
    public async Task Who_registered_somebodys_email_beforehand_gains_nothing_when_they_come_by_a_provider()
    {
        await using var acme = await FakeProvider.StartAsync();
        await using var platform = await acme.PlatformAsync();
        using var attacker = platform.Visitor();
        await attacker.SubmitAsync(await attacker.GetAsync("/signup"), "/signup", ("username", "squatter"), ("email", Mina.Email!), ("password", PlatformUnderTest.Password));

        using var victim = platform.Visitor();
        Assert.Equal("/settings/apps", (await victim.SignUpAsync(acme, Mina, "mina")).Location);

        Assert.Equal("mina", await platform.OwnerAsync(Mina));
        Assert.Contains("@mina", (await victim.GetAsync("/settings/apps")).Text, StringComparison.Ordinal);
        Assert.Null((await attacker.GetAsync(Trips.Linked)).Page.QuerySelector("#linked-0"));
        using var again = platform.Visitor();
        await again.GoAsync(acme, Mina);
        Assert.Contains("@mina", (await again.GetAsync("/settings/apps")).Text, StringComparison.Ordinal);
    }

    // What the page looks like when names, ids and tokens are taken out.
    private static string Shape(Visit visit, string name)
    {
        var page = new HtmlParser().ParseDocument(visit.Body);
        foreach (var input in page.QuerySelectorAll("input[type=hidden]"))
            input.Remove();
        foreach (var form in page.QuerySelectorAll("form"))
            form.RemoveAttribute("action");
        foreach (var link in page.QuerySelectorAll("a[href^='/login']"))
            link.RemoveAttribute("href");
        return page.Body!.InnerHtml.Replace($"{name}@example.test", "EMAIL", StringComparison.Ordinal).Replace($"value=\"{name}\"", "value=\"NAME\"", StringComparison.Ordinal);
    }
}
