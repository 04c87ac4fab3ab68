using System.Text.Json;
using Holdfast.Platform;
using Holdfast.Platform.DemoIdentity;
using Holdfast.Specs.Platform.Attacks;
using Holdfast.Specs.Platform.Authorize;

namespace Holdfast.Specs.Platform.SignIn.External;

/// <summary>The Pottery Club: a real OpenID Connect provider for the demo.</summary>
public sealed class DemoIdentitySpecs
{
    private const string Authorize = "/demo/identity/authorize";
    private const string Button = "/login/with/pottery-club";

    [Fact]
    public async Task On_the_first_start_one_continues_with_the_pottery_club()
    {
        await using var demo = await PlatformUnderTest.StartAsync(demo: true);
        await PlatformApp.SeedDemoAsync(demo.App);
        using var browser = demo.Visitor();

        var welcome = await PickAsync(browser, "club-0107");
        var page = await browser.GetAsync(welcome.Location!);
        Assert.Contains("Mina Sato · mina@club.example.test", page.Text, StringComparison.Ordinal);
        Assert.Equal("/settings/apps", (await browser.SubmitAsync(page, welcome.Location!, ("username", "mina"))).Location);

        using var again = demo.Visitor();
        Assert.Equal("/settings/apps", (await PickAsync(again, "club-0107")).Location);
        using var refusing = demo.Visitor();
        Assert.Equal("Declined", (await PickAsync(refusing, "nobody")).Problem());
    }

    [Fact]
    public async Task Who_has_the_email_of_a_demo_account_is_asked_to_log_in_and_who_has_an_unchecked_one_starts_without()
    {
        await using var demo = await PlatformUnderTest.StartAsync(demo: true);
        await PlatformApp.SeedDemoAsync(demo.App);
        using var ada = demo.Visitor();
        using var tomas = demo.Visitor();

        Assert.NotNull((await ada.GetAsync((await PickAsync(ada, "club-0042")).Location!)).Page.QuerySelector("#email-is-taken"));
        var welcome = (await PickAsync(tomas, "club-0311")).Location!;
        await tomas.SubmitAsync(await tomas.GetAsync(welcome), welcome, ("username", "tomas"));
        Assert.Equal("", await demo.Database.ReadAsync(session => session.FirstAsync<string>("select coalesce(email, '') from person where user_name = 'tomas'")));
    }

    [Fact]
    public async Task It_exists_with_demo_content_on_loopback_and_nowhere_else()
    {
        await using var plain = await PlatformUnderTest.StartAsync();
        using var stranger = plain.Visitor();

        Assert.Empty((await stranger.GetAsync("/login")).Page.QuerySelectorAll("form[action^='/login/with/']"));
        foreach (var path in new[] { "/demo/identity/.well-known/openid-configuration", "/demo/identity/keys", Authorize, "/demo/identity/userinfo" })
            Assert.Equal(404, (await stranger.GetAsync(path)).Status);
    }

    [Fact]
    public async Task It_gives_codes_to_the_platform_alone_once_and_only_with_secret_and_verifier()
    {
        await using var demo = await PlatformUnderTest.StartAsync(demo: true);
        using var browser = demo.Visitor();
        var away = await browser.SubmitAsync(await browser.GetAsync("/login"), Button);
        var asked = away.Location!;
        var picker = await browser.GetAsync(asked);
        var callback = await browser.SubmitAsync(picker, Authorize, ("person", "club-0107"));
        var redirect = callback.Location!.Split('?')[0];
        var secret = demo.Service<PotteryClub>().ClientSecret;

        foreach (var (from, to) in new[] { ("client_id=holdfast-platform", "client_id=other"), ("login%2Fwith", "evil%2Fwith"), ("127.0.0.1", "evil.example"), ("S256", "plain") })
            Assert.Equal(400, (await browser.GetAsync(new Uri(asked).AbsolutePath + new Uri(asked).Query.Replace(from, to, StringComparison.Ordinal))).Status);
        Assert.Equal((401, "invalid_client"), await ExchangeAsync(demo, callback, redirect, "wrong", "x"));
        Assert.Equal((400, "invalid_grant"), await ExchangeAsync(demo, callback, redirect, secret, "wrong verifier"));
        Assert.Equal("Refused", (await browser.GetAsync(new Uri(callback.Location).PathAndQuery)).Problem()); // that try burnt the code
    }

    [Fact]
    public async Task It_describes_itself_and_signs_with_the_key_it_publishes()
    {
        await using var demo = await PlatformUnderTest.StartAsync(demo: true);
        var discovery = JsonDocument.Parse(await demo.Http.GetStringAsync("/demo/identity/.well-known/openid-configuration")).RootElement;
        var keys = JsonDocument.Parse(await demo.Http.GetStringAsync(discovery.GetProperty("jwks_uri").GetString())).RootElement.GetProperty("keys");

        Assert.Equal(demo.Http.BaseAddress + "demo/identity", discovery.GetProperty("issuer").GetString());
        Assert.Equal(["alg", "crv", "kid", "kty", "use", "x", "y"], keys[0].EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
    }

    private static async Task<Visit> PickAsync(Visitor browser, string member)
    {
        var away = await browser.SubmitAsync(await browser.GetAsync("/login?next=%2Fsettings%2Fapps"), Button);
        var picker = await browser.GetAsync(away.Location!);
        Assert.Contains("Pottery Club ID", picker.Text, StringComparison.Ordinal);
        var callback = await browser.SubmitAsync(picker, Authorize, ("person", member));
        return await browser.GetAsync(callback.Location!);
    }

    private static async Task<(int, string)> ExchangeAsync(PlatformUnderTest demo, Visit callback, string redirect, string secret, string verifier)
    {
        var answer = await demo.PostAsync("/demo/identity/token", ("client_id", PotteryClub.ClientId), ("client_secret", secret), ("grant_type", "authorization_code"), ("code", callback.Query["code"]), ("redirect_uri", redirect), ("code_verifier", verifier));
        return (answer.Status, answer.Error);
    }
}
