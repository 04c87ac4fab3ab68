using System.Text;
using Holdfast.Specs.Platform.Authorize;
using Holdfast.Specs.Platform.SignIn.External;

namespace Holdfast.Specs.Platform.Attacks;

/// <summary>Attack case 86: the way to a provider and back, in a browser that may be somebody else's. What the provider says is <see cref="LyingProviderSpecs"/>, whose e-mail it is <see cref="SocialEmailSpecs"/>.</summary>
[Trait("attack", "86")]
public sealed class SocialSignInSpecs
{
    private static readonly FakePerson Mina = new("sub-mina", "mina@club.example.test");

    [Theory]
    [InlineData("")]
    [InlineData("state=")]
    [InlineData("state=a-state-of-somebody-elses")]
    [InlineData("state=one&state=two")]
    public async Task A_forged_state_signs_nobody_in_and_no_code_is_sent_anywhere(string state)
    {
        await using var acme = await FakeProvider.StartAsync();
        await using var platform = await acme.PlatformAsync();
        using var browser = platform.Visitor();
        await browser.BeginAsync(acme);

        var answer = await browser.GetAsync($"/login/with/acme/callback?code=stolen&{state}");

        Assert.Equal((400, "NotAsked"), (answer.Status, answer.Problem()));
        Assert.Equal(0, acme.Exchanges);
        Assert.False(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task An_answer_to_a_trip_that_another_browser_began_is_refused()
    {
        await using var acme = await FakeProvider.StartAsync();
        await using var platform = await acme.PlatformAsync();
        using var attacker = platform.Visitor();
        using var victim = platform.Visitor();
        var answer = acme.Agree(await attacker.BeginAsync(acme), Mina);
        await victim.BeginAsync(acme); // has a cookie, of a trip of its own

        Assert.Equal("NotAsked", (await victim.GetAsync(answer)).Problem());
        using var cookieless = platform.Visitor();
        Assert.Equal("NotAsked", (await cookieless.GetAsync(answer)).Problem());
        Assert.Equal(0, acme.Exchanges);
    }

    [Fact]
    public async Task A_callback_counts_once()
    {
        await using var acme = await FakeProvider.StartAsync();
        await using var platform = await acme.PlatformAsync();
        using var browser = platform.Visitor();
        await browser.SignUpAsync(acme, Mina, "mina");
        using var again = platform.Visitor();
        var callback = acme.Agree(await again.BeginAsync(acme), Mina);
        var cookies = again.Cookies.GetAllCookies();
        Assert.Equal("/settings/apps", (await again.GetAsync(callback)).Location);

        // The thief has everything the browser had.
        using var thief = platform.Visitor();
        thief.Cookies.Add(cookies);
        var replay = await thief.GetAsync(callback);

        Assert.Equal((400, "NotAsked"), (replay.Status, replay.Problem()));
        Assert.False(await thief.IsSignedInAsync());
    }

    [Fact]
    public async Task An_answer_that_comes_half_an_hour_later_is_too_late()
    {
        await using var acme = await FakeProvider.StartAsync();
        await using var platform = await acme.PlatformAsync();
        using var browser = platform.Visitor();
        var callback = acme.Agree(await browser.BeginAsync(acme), Mina);

        platform.Clock.Advance(TimeSpan.FromMinutes(30));

        Assert.Equal("NotAsked", (await browser.GetAsync(callback)).Problem());
        Assert.Equal(0, acme.Exchanges);
    }

    [Fact]
    public async Task A_code_of_one_provider_is_never_taken_to_another()
    {
        await using var acme = await FakeProvider.StartAsync();
        await using var evil = await FakeProvider.StartAsync("evil");
        await using var platform = await acme.PlatformAsync(other: evil);
        using var browser = platform.Visitor();
        var honest = acme.Agree(await browser.BeginAsync(acme), Mina);

        var mixedUp = await browser.GetAsync(honest.Replace("/with/acme/", "/with/evil/", StringComparison.Ordinal));

        Assert.Equal((400, "NotAsked"), (mixedUp.Status, mixedUp.Problem()));
        Assert.Equal((0, 0), (acme.Exchanges, evil.Exchanges));
    }

    [Fact]
    public async Task An_attackers_code_in_a_victims_answer_buys_nothing()
    {
        await using var acme = await FakeProvider.StartAsync();
        await using var platform = await acme.PlatformAsync();
        using var attacker = platform.Visitor();
        using var victim = platform.Visitor();
        var mallorys = acme.Agree(await attacker.BeginAsync(acme), new FakePerson("sub-mallory", "mallory@evil.example.test"));
        var victims = acme.Agree(await victim.BeginAsync(acme), Mina);

        var injected = await victim.GetAsync($"/login/with/acme/callback?code={Code(mallorys)}&state={State(victims)}");

        Assert.Equal("Refused", injected.Problem());
        Assert.DoesNotContain("<b>", injected.Body, StringComparison.Ordinal);
        Assert.False(await victim.IsSignedInAsync());
    }

    [Fact]
    public async Task A_refusal_is_told_without_repeating_what_the_address_said()
    {
        await using var acme = await FakeProvider.StartAsync();
        await using var platform = await acme.PlatformAsync();
        using var browser = platform.Visitor();
        var state = State(acme.Agree(await browser.BeginAsync(acme), Mina));

        var answer = await browser.GetAsync($"/login/with/acme/callback?error=access_denied&error_description=%3Cscript%3Ealert(1)%3C/script%3E&state={state}");

        Assert.Equal((200, "Declined"), (answer.Status, answer.Problem()));
        Assert.DoesNotContain("alert(1)", answer.Body, StringComparison.Ordinal);
        Assert.Equal(0, acme.Exchanges);
    }

    [Fact]
    public async Task Nothing_of_a_trip_can_be_read_from_the_database()
    {
        await using var acme = await FakeProvider.StartAsync();
        await using var platform = await acme.PlatformAsync();
        using var browser = platform.Visitor();
        var welcome = await browser.GoAsync(acme, Mina);
        var key = browser.Cookies.GetAllCookies().Single(cookie => cookie.Name == "hf_platform_external").Value;
        await browser.SubmitAsync(await browser.GetAsync(welcome.Location!), welcome.Location!, ("username", "mina"));
        var file = Directory.GetFiles(platform.Folder, "*.db*").SelectMany(File.ReadAllBytes).ToArray();

        Assert.Equal(4, acme.Secrets.Count); // code, state, verifier, access token
        foreach (var secret in acme.Secrets.Append(key).Append(FakeProvider.ClientSecret))
            Assert.True(file.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) < 0);
        Assert.True(file.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Mina.Subject)) >= 0);
    }

    private static string Code(string callback) => callback.Split("code=")[1].Split('&')[0];

    private static string State(string callback) => callback.Split("state=")[1].Split('&')[0];
}

internal static class Troubles
{
    /// <summary>Which <see cref="Holdfast.People.External.ExternalProblem"/> the page tells.</summary>
    public static string? Problem(this Visit page) => page.Page.QuerySelector("#external-trouble")?.GetAttribute("data-problem");
}
