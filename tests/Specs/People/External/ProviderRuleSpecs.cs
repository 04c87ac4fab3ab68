using Holdfast.People.External;
using Holdfast.Shell.Hosting;

namespace Holdfast.Specs.People.External;

public sealed class ProviderRuleSpecs
{
    [Fact]
    public void Google_and_Facebook_need_only_an_id_and_a_secret()
    {
        var (google, facebook) = (Read("google"), Read("Facebook"));

        Assert.Equal(("Google", "https://accounts.google.com", "email_verified"), (google.Title, google.Authority, google.Claims.EmailVerified));
        Assert.Equal(("facebook", "id", null), (facebook.Name, facebook.Claims.Id, facebook.Claims.EmailVerified));
        Assert.StartsWith("https://graph.facebook.com/", facebook.Endpoints?.UserInfo, StringComparison.Ordinal);
        Assert.DoesNotContain("the secret", google.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("google", "ClientId", "", "__google__ClientId is missing")]
    [InlineData("google", "ClientSecret", " ", "__google__ClientSecret is missing")]
    [InlineData("google", "ClientSecert", "x", "__google__ClientSecert is no setting")]
    [InlineData("google", "Authority", "http://accounts.google.com", "__google__Authority takes an https address")]
    [InlineData("google", "Authority", "accounts.google.com", "__google__Authority takes an https address")]
    [InlineData("google", "Authority", "https://user:word@accounts.google.com", "__google__Authority takes an https address")]
    [InlineData("google", "Scopes", "email", "__google__Scopes has no openid")]
    [InlineData("facebook", "TokenEndpoint", "http://graph.facebook.com/token", "__facebook__TokenEndpoint takes an https address")]
    [InlineData("acme", "Title", "Acme", "__acme__Kind is missing")]
    [InlineData("acme", "Kind", "Saml", "__acme__Kind takes OpenIdConnect or OAuth")]
    [InlineData("acme", "Kind", "OpenIdConnect", "__acme__Authority is missing")]
    [InlineData("acme", "Kind", "OAuth", "__acme__IdClaim is missing")]
    [InlineData("a name", "Kind", "OAuth", "a provider's name has at most 32")]
    public void A_wrong_setting_is_told_with_its_variable(string name, string setting, string value, string words)
    {
        var refused = Assert.Throws<StartupException>(() => Read(name, (setting, value)));

        Assert.Contains("HOLDFAST_Platform__SignIn__Providers__", refused.Message, StringComparison.Ordinal);
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("the secret", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_setting_stops_the_start()
    {
        var refused = await Assert.ThrowsAsync<StartupException>(() => Platform.PlatformUnderTest.StartAsync(configure: builder => builder.Configuration["Platform:SignIn:Providers:acme:Kind"] = "OpenIdConnect"));

        Assert.Contains("HOLDFAST_Platform__SignIn__Providers__acme__Authority", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mina.sato@x.test", "Mina", "mina.sato")]
    [InlineData(null, "Tomás Rivera", "toms.rivera")]
    [InlineData("a+b-c@x.test", null, "a.b.c")]
    [InlineData("x@x.test", null, "")]
    [InlineData(null, null, "")]
    public void A_user_name_is_proposed_from_what_is_known(string? email, string? name, string proposal) =>
        Assert.Equal(proposal, IdentityRule.ProposeUserNames(email, name).FirstOrDefault() ?? "");

    private static Provider Read(string name, params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            new[] { ("ClientId", "the id"), ("ClientSecret", "the secret") }.Where(pair => settings.All(given => given.Name != pair.Item1)).Concat(settings)
                .Select(pair => KeyValuePair.Create($"Platform:SignIn:Providers:{name}:{pair.Item1}", (string?)pair.Item2))).Build();
        return ProviderRule.Read(configuration.GetSection($"Platform:SignIn:Providers:{name}"));
    }
}
