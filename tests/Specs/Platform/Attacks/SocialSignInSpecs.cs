using System.Security.Cryptography;
using System.Text;
using AngleSharp.Html.Parser;
using Holdfast.Specs.Platform.Authorize;
using Holdfast.Specs.Platform.SignIn.External;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Holdfast.Specs.Platform.Attacks;

/// <summary>Attack case 86: the Platform as the client of a provider that may be hostile, and of browsers that may be.</summary>
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

    [Theory]
    [InlineData("nonce missing")]
    [InlineData("nonce of another trip")]
    [InlineData("for another client")]
    [InlineData("for several clients")]
    [InlineData("issued to another party")]
    [InlineData("of another issuer")]
    [InlineData("expired")]
    [InlineData("not valid yet")]
    [InlineData("without an end")]
    [InlineData("about nobody")]
    [InlineData("signed by nobody")]
    [InlineData("signed by another key")]
    [InlineData("signed with our secret")]
    public async Task An_id_token_is_believed_only_when_everything_about_it_is_right(string lie)
    {
        await using var acme = await FakeProvider.StartAsync();
        await using var platform = await acme.PlatformAsync();
        using var browser = platform.Visitor();
        await browser.SignUpAsync(acme, Mina, "mina");
        Tell(acme, lie);
        using var attacker = platform.Visitor();

        var answer = await attacker.GoAsync(acme, Mina);

        Assert.Equal((502, "NotBelieved"), (answer.Status, answer.Problem()));
        Assert.False(await attacker.IsSignedInAsync());
        acme.Falsify = null;
        acme.Sign = null;
        Assert.Equal("/settings/apps", (await attacker.GoAsync(acme, Mina)).Location);
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
    public async Task An_answer_that_names_another_issuer_or_hides_the_announced_one_goes_nowhere()
    {
        await using var acme = await FakeProvider.StartAsync();
        acme.NamesIssuer = true;
        await using var platform = await acme.PlatformAsync();
        using var browser = platform.Visitor();

        foreach (var issuer in new[] { "", "&iss=https%3A%2F%2Fevil.example" })
        {
            var callback = acme.Agree(await browser.BeginAsync(acme), Mina);
            Assert.Equal("NotBelieved", (await browser.GetAsync(callback[..callback.IndexOf("&iss=", StringComparison.Ordinal)] + issuer)).Problem());
        }
        Assert.Equal(0, acme.Exchanges);
        Assert.StartsWith("/login/external/", (await browser.GoAsync(acme, Mina)).Location, StringComparison.Ordinal);
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
    public async Task User_info_about_somebody_else_is_not_believed()
    {
        await using var acme = await FakeProvider.StartAsync();
        await using var platform = await acme.PlatformAsync();
        acme.IsTaciturn = true;
        acme.UserInfo = Mina;
        using var browser = platform.Visitor();

        Assert.Equal("NotBelieved", (await browser.GoAsync(acme, new FakePerson("sub-mallory", null))).Problem());
        Assert.StartsWith("/login/external/", (await browser.GoAsync(acme, Mina)).Location, StringComparison.Ordinal);
    }

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
        var ada = await platform.PersonAsync("ada");
        using var browser = platform.Visitor();
        using var other = platform.Visitor();

        var claimed = await browser.GoAsync(acme, new FakePerson("sub-1", ada.Email, IsVerified: false));
        var nobodys = await other.GoAsync(acme, new FakePerson("sub-2", "abc@example.test", IsVerified: false));
        var (claimedPage, nobodysPage) = (await browser.GetAsync(claimed.Location!), await other.GetAsync(nobodys.Location!));

        Assert.Null(claimedPage.Page.QuerySelector("#email-is-taken"));
        Assert.Equal(Shape(claimedPage, "ada"), Shape(nobodysPage, "abc"));
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

    [Theory]
    [InlineData("huge")]
    [InlineData("elsewhere")]
    [InlineData("html")]
    [InlineData("broken")]
    public async Task A_provider_that_misbehaves_costs_one_plain_page(string how)
    {
        await using var acme = await FakeProvider.StartAsync();
        await using var platform = await acme.PlatformAsync();
        acme.TokenAnswer = how switch
        {
            "huge" => () => TypedResults.Text("{\"access_token\":\"" + new string('x', 1024 * 1024) + "\"}", "application/json"),
            "elsewhere" => () => TypedResults.Redirect("http://127.0.0.1:1/steal", preserveMethod: true),
            "html" => () => TypedResults.Text("<html>", "text/html"),
            _ => () => TypedResults.StatusCode(500),
        };
        using var browser = platform.Visitor();

        var answer = await browser.GoAsync(acme, Mina);

        Assert.Equal((502, "Unreachable"), (answer.Status, answer.Problem()));
        Assert.DoesNotContain("   at ", answer.Body, StringComparison.Ordinal);
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

    private static void Tell(FakeProvider provider, string lie)
    {
        provider.Falsify = token =>
        {
            switch (lie)
            {
                case "nonce missing": token.Claims.Remove("nonce"); break;
                case "nonce of another trip": token.Claims["nonce"] = "n-0S6_WzA2Mj"; break;
                case "for another client": token.Audience = "somebody-else"; break;
                case "for several clients": token.Audiences.Add("somebody-else"); break;
                case "issued to another party": token.Claims["azp"] = "somebody-else"; break;
                case "of another issuer": token.Issuer = "https://accounts.evil.example"; break;
                case "expired": (token.NotBefore, token.IssuedAt, token.Expires) = (token.NotBefore - TimeSpan.FromHours(1), token.IssuedAt - TimeSpan.FromHours(1), token.Expires - TimeSpan.FromMinutes(8)); break;
                case "not valid yet": (token.NotBefore, token.Expires) = (token.NotBefore + TimeSpan.FromMinutes(4), token.Expires + TimeSpan.FromMinutes(4)); break;
                case "without an end": token.Expires = null; break;
                case "about nobody": token.Claims.Remove("sub"); break;
                case "signed by nobody": token.SigningCredentials = null; break;
                case "signed by another key": token.SigningCredentials = new(new RsaSecurityKey(RSA.Create(2048)) { KeyId = "k1" }, SecurityAlgorithms.RsaSha256); break;
                case "signed with our secret": token.SigningCredentials = new(new SymmetricSecurityKey(SHA256.HashData(Encoding.UTF8.GetBytes(FakeProvider.ClientSecret))) { KeyId = "k1" }, SecurityAlgorithms.HmacSha256); break;
                default: throw new ArgumentOutOfRangeException(nameof(lie), lie, null);
            }
        };
        provider.Sign = token => new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(token);
    }

    private static string Code(string callback) => callback.Split("code=")[1].Split('&')[0];

    private static string State(string callback) => callback.Split("state=")[1].Split('&')[0];

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

internal static class Troubles
{
    /// <summary>Which <see cref="Holdfast.People.External.ExternalProblem"/> the page tells.</summary>
    public static string? Problem(this Visit page) => page.Page.QuerySelector("#external-trouble")?.GetAttribute("data-problem");
}
