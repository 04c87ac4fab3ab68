using Holdfast.Specs.Platform.Authorize;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Attacks;

/// <summary>B3, cases 70 and 71: every secret that was issued or sent in a whole life of an authorization is looked for where it must not be.</summary>
public sealed class LeakAttacks
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Case_70_and_71_no_secret_stands_in_the_database_its_log_ahead_or_any_log_line(Engine engine)
    {
        using var leaks = new Leaks();
        await using var platform = await PlatformUnderTest.StartAsync(engine, configure: leaks.Listen);
        await leaks.AreNoneAsync(platform, engine, await LiveAsync(platform));
    }

    // Sign-in, consent, exchange, use, renewal, replay, failures, revocation.
    private static async Task<List<(string What, string Secret)>> LiveAsync(PlatformUnderTest platform)
    {
        var app = await platform.AppAsync();
        await platform.PersonAsync("ada");
        using var browser = platform.Visitor();
        await browser.LogInAsync("ada", "a wrong password");
        await browser.LogInAsync("ada", next: AuthorizePages.Request(app));
        var session = browser.Cookies.GetAllCookies().Single(cookie => cookie.Name.EndsWith("_session", StringComparison.Ordinal)).Value;
        var consent = await browser.OpenAsync(AuthorizePages.Request(app, ("state", "a-state-nobody-guesses")));
        var code = (await browser.SubmitAsync(consent, AuthorizePages.Answer, ("decision", "authorize"))).Query["code"];
        var wrong = await platform.RedeemAsync(app, code, verifier: "a-verifier-that-is-wrong-but-long-enough-000");
        var first = await platform.RedeemAsync(app, code);
        var second = await platform.RenewAsync(app, first.Refresh);
        var replay = await platform.RenewAsync(app, first.Refresh);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v2/user/info/?fields=open_id,display_name") { Headers = { Authorization = new("Bearer", second.Access) } };
        using var info = await platform.Http.SendAsync(request);
        await platform.RenewAsync(app with { ClientSecret = "a-secret-that-is-wrong" }, second.Refresh);
        await platform.PostAsync("/v2/oauth/token/?client_secret=a-secret-in-the-address", ("client_key", app.ClientKey));
        var own = await platform.TokenAsync(("client_key", app.ClientKey), ("client_secret", app.ClientSecret), ("grant_type", "client_credentials"));
        var revoked = await platform.RevokeAsync(app, second.Access);
        Assert.Equal((400, 200, 200, 400, 200), (wrong.Status, first.Status, second.Status, replay.Status, revoked.Status));

        return
        [
            ("the code", code), ("the first access token", first.Access), ("the first refresh token", first.Refresh), ("the second access token", second.Access), ("the second refresh token", second.Refresh),
            ("the client token", own.Access), ("the client secret", app.ClientSecret), ("a wrong secret", "a-secret-that-is-wrong"), ("a secret in the address", "a-secret-in-the-address"),
            ("the session", session), ("the password", PlatformUnderTest.Password), ("a wrong password", "a wrong password"), ("the verifier", PlatformUnderTest.Verifier), ("a wrong verifier", "a-verifier-that-is-wrong-but-long-enough-000"),
        ];
    }
}
