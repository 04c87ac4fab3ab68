using System.Security.Cryptography;
using System.Text;
using Holdfast.Specs.Platform.Authorize;
using Holdfast.Specs.Platform.SignIn.External;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Holdfast.Specs.Platform.Attacks;

/// <summary>Attack case 86: a provider that lies, breaks or answers for somebody else.</summary>
[Trait("attack", "86")]
public sealed class LyingProviderSpecs
{
    private static readonly FakePerson Mina = new("sub-mina", "mina@club.example.test");

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
}
