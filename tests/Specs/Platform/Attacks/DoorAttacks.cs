using Holdfast.Specs.Platform.Authorize;
using Holdfast.Specs.Platform.Qr;
using Holdfast.Specs.Platform.SignIn.External;

namespace Holdfast.Specs.Platform.Attacks;

/// <summary>Attack case 83 over HTTP: whoever has the first factor of somebody with an authenticator app, by whatever door, has no session yet.</summary>
[Trait("attack", "83")]
public sealed class DoorAttacks
{
    private static readonly FakePerson AdaAtAcme = new("sub-ada", "ada@example.test");

    public static TheoryData<string> Doors => new(Ways.Keys);

    private static Dictionary<string, Func<PlatformUnderTest, FakeProvider, Visitor, Task<Visit>>> Ways { get; } = new(StringComparer.Ordinal)
    {
        ["password"] = (_, _, thief) => thief.LogInAsync("ada"),
        ["e-mail as user name"] = (_, _, thief) => thief.LogInAsync("ada@example.test"),
        ["e-mail code"] = async (platform, _, thief) =>
        {
            await thief.SubmitAsync(await thief.GetAsync("/login/letter"), "/login/letter", ("username", "ada"));
            return await thief.SubmitAsync(await thief.GetAsync("/login/letter/enter"), "/login/letter/enter", ("code", await platform.CodeToAsync("ada@example.test")));
        },
        ["password reset"] = async (platform, _, thief) =>
        {
            await thief.SubmitAsync(await thief.GetAsync("/login/reset"), "/login/reset", ("username", "ada"));
            var done = await thief.SubmitAsync(await thief.GetAsync("/login/reset/code"), "/login/reset/code", ("code", await platform.CodeToAsync("ada@example.test")), ("password", "a password of the thief's"));
            Assert.StartsWith("/login?reset", done.Location, StringComparison.Ordinal);
            Assert.False(await thief.IsInAsync());
            return await thief.LogInAsync("ada", "a password of the thief's");
        },
        ["social login"] = (_, acme, thief) => thief.GoAsync(acme, AdaAtAcme),
        ["linking on the way in"] = async (_, acme, thief) =>
        {
            var welcome = await thief.GoAsync(acme, new FakePerson("sub-thief", "thief@example.test"));
            return await thief.LogInAsync("ada", next: welcome.Location + "/link");
        },
    };

    [Theory, MemberData(nameof(Doors))]
    public async Task Case_83_no_door_leads_past_the_second_factor(string door)
    {
        await using var acme = await FakeProvider.StartAsync();
        await using var platform = await acme.PlatformAsync();
        await GuardedAsync(platform, acme);
        var app = await platform.AppAsync();
        using var thief = platform.Visitor();

        var answer = await Ways[door](platform, acme, thief);

        Assert.Equal((303, "/login/code"), (answer.Status, answer.Location));
        Assert.Null(thief.CookieValue(FactorPages.Session));
        Assert.False(await thief.IsInAsync());
        foreach (var page in new[] { "/settings/security", FactorPages.Factors, Trips.Linked, "/developers", AuthorizePages.Request(app) })
            Assert.StartsWith("/login?next=", (await thief.GetAsync(page)).Location, StringComparison.Ordinal);
        Assert.Equal(1, await platform.CountAsync("external_login"));
    }

    [Fact]
    public async Task Case_83_a_step_that_waits_for_its_second_factor_confirms_no_qr_code()
    {
        await using var acme = await FakeProvider.StartAsync();
        await using var platform = await acme.PlatformAsync();
        var ada = await GuardedAsync(platform, acme);
        var app = await platform.AppAsync();
        var drawn = await platform.DrawAsync(app);
        using var thief = platform.Visitor();
        var step = await thief.PasswordAsync("ada");

        Assert.StartsWith("/login?next=", (await thief.GetAsync(drawn.Path)).Location, StringComparison.Ordinal);
        var token = step.Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!; // every form has one
        var id = System.Web.HttpUtility.ParseQueryString(new Uri(drawn.Link).Query)["q"]!;
        Assert.Equal(403, (await thief.PostAsync(Scanning.Answer, ("__RequestVerificationToken", token), ("request", id), ("decision", "confirm"))).Status);
        Assert.Equal("new", (await platform.PollAsync(app, drawn)).Status());

        // With the second factor it is a session like any other.
        await thief.CodeAsync(step, ada.Code());
        Assert.Equal(200, (await thief.SubmitAsync(await thief.GetAsync(drawn.Path), Scanning.Answer, ("decision", "confirm"))).Status);
        Assert.Equal("confirmed", (await platform.PollAsync(app, drawn)).Status());
    }

    [Fact]
    public async Task Case_83_a_recovery_code_is_no_first_factor_and_opens_only_its_own_accounts_step()
    {
        await using var acme = await FakeProvider.StartAsync();
        await using var platform = await acme.PlatformAsync();
        var ada = await GuardedAsync(platform, acme);
        await platform.PersonAsync("mallory");
        using var mallory = platform.Visitor();
        await mallory.LogInAsync("mallory");
        var own = await platform.EnrolAsync(mallory);
        using var thief = platform.Visitor();

        var token = (await thief.GetAsync("/login")).Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!; // the page has forms
        Assert.Equal(403, (await thief.PostAsync("/login/code", ("__RequestVerificationToken", token), ("code", ada.RecoveryCodes[0]))).Status);
        Assert.Equal(422, (await thief.LogInAsync("ada", ada.RecoveryCodes[0])).Status);
        Assert.Equal(422, (await thief.CodeAsync(await thief.PasswordAsync("ada"), own.RecoveryCodes[0])).Status);
        Assert.False(await thief.IsInAsync());
        Assert.Equal(303, (await thief.CodeAsync(await thief.PasswordAsync("ada"), ada.RecoveryCodes[0])).Status);
        Assert.True(await thief.IsInAsync());
    }

    // Ada can come by password, letter and provider, and has an authenticator app.
    private static async Task<Enrolled> GuardedAsync(PlatformUnderTest platform, FakeProvider acme)
    {
        await platform.ReachableAsync("ada");
        using var browser = platform.Visitor();
        await browser.LogInAsync("ada");
        await browser.LinkAsync(acme, AdaAtAcme);
        return await platform.EnrolAsync(browser);
    }
}
