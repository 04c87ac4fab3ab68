using System.Text;
using Holdfast.Platform.Authorize;
using Holdfast.Platform.Tokens;

namespace Holdfast.Specs.Platform.Authorize;

public sealed class AuthorizeRuleSpecs
{
    private const string Web = "https://app.example/cb";
    private const string Desktop = "http://localhost:1/cb";
    private const string Challenge = "13d31e961a1ad8ec2f16b10c4c982e0876a878ad6df144566ee1894acb70f9c3";

    private static readonly AskingApp App = new("id", "Pottery", "key",
        [new() { Platform = RedirectPlatform.Web, Uri = Web }, new() { Platform = RedirectPlatform.Desktop, Uri = Desktop }], ["user.info.basic", "video.list"], new AppFace());

    [Fact]
    public void A_sound_request_is_an_ask_with_its_scopes_in_the_order_of_our_pages()
    {
        var ask = Valid($"response_type=code&scope=video.list, user.info.basic&redirect_uri={Web}&state=s");

        Assert.Equal(("id", "key", RedirectPlatform.Web, Web, "s", null, true), (ask.AppId, ask.ClientKey, ask.Platform, ask.RedirectUri, ask.State, ask.CodeChallenge, ask.MayPassSilently));
        Assert.Equal(["user.info.basic", "video.list"], ask.Scopes);
    }

    [Fact]
    public void A_desktop_request_carries_its_challenge() => Assert.Equal(Challenge, Valid($"response_type=code&scope=video.list&redirect_uri={Desktop}&code_challenge={Challenge}&code_challenge_method=S256").CodeChallenge);

    [Theory]
    [InlineData("", true)]
    [InlineData("&disable_auto_auth=", true)]
    [InlineData("&disable_auto_auth=0", true)]
    [InlineData("&disable_auto_auth=1", false)]
    [InlineData("&disable_auto_auth=true", false)]
    public void The_page_is_skipped_only_where_nothing_speaks_against_it(string more, bool silently) =>
        Assert.Equal(silently, Valid($"response_type=code&scope=video.list&redirect_uri={Web}{more}").MayPassSilently);

    [Theory]
    [InlineData("", false)]
    [InlineData("&iss=0", false)]
    [InlineData("&iss=1", true)]
    public void Our_address_is_told_to_those_who_ask(string more, bool wanted) =>
        Assert.Equal(wanted, Valid($"response_type=code&scope=video.list&redirect_uri={Web}{more}").WantsIssuer);

    [Theory]
    [InlineData("scope=video.list&redirect_uri=" + Web, "ResponseType")]
    [InlineData("response_type=token&scope=video.list&redirect_uri=" + Web, "ResponseType")]
    [InlineData("response_type=code&scope=video.list", "RedirectMissing")]
    [InlineData("response_type=code&scope=video.list&redirect_uri=", "RedirectMissing")]
    [InlineData("response_type=code&scope=video.list&redirect_uri=https://evil.example/", "RedirectUnknown")]
    [InlineData("response_type=code&redirect_uri=" + Web, "ScopeMissing")]
    [InlineData("response_type=code&scope=video.list,&redirect_uri=" + Web, "ScopeMissing")]
    [InlineData("response_type=code&scope=made.up&redirect_uri=" + Web, "ScopeUnknown")]
    [InlineData("response_type=code&scope=video.publish&redirect_uri=" + Web, "ScopeNotEnabled")]
    [InlineData("response_type=code&scope=video.list&redirect_uri=" + Desktop, "ChallengeMissing")]
    [InlineData("response_type=code&scope=video.list&code_challenge=&redirect_uri=" + Desktop, "ChallengeMissing")]
    [InlineData("response_type=code&scope=video.list&code_challenge=x&redirect_uri=" + Desktop, "ChallengeMalformed")]
    [InlineData("response_type=code&scope=video.list&code_challenge=" + Challenge + "&code_challenge_method=plain&redirect_uri=" + Desktop, "ChallengeMethod")]
    public void An_unsound_request_is_refused_for_its_first_reason(string query, string problem) => Assert.Equal(problem, Problem(query, App));

    [Fact]
    public void Nothing_is_said_about_a_request_that_cannot_be_read_or_has_no_app()
    {
        Assert.Equal("Unreadable", Problem("state=1&state=2", App));
        Assert.Equal("ClientKey", Problem($"client_key=nobody&response_type=code&scope=video.list&redirect_uri={Web}", null));
    }

    [Fact]
    public void A_refusal_names_the_value_it_is_about()
    {
        Assert.Equal("nobody", Invalid("client_key=nobody", null).Value);
        Assert.Equal("", Invalid("a=b", null).Value);
        Assert.Equal("token", Invalid($"response_type=token&redirect_uri={Web}", App).Value);
        Assert.Equal("", Invalid($"redirect_uri={Web}", App).Value);
        Assert.Equal("made.up", Invalid($"response_type=code&scope=video.list,made.up&redirect_uri={Web}", App).Value);
        Assert.Equal("video.publish", Invalid($"response_type=code&scope=video.publish&redirect_uri={Web}", App).Value);
        Assert.Equal("plain", Invalid($"response_type=code&scope=video.list&code_challenge={Challenge}&code_challenge_method=plain&redirect_uri={Desktop}", App).Value);
        var slip = Invalid($"redirect_uri={Web}/", App);
        Assert.Equal((Web + "/", RedirectHint.Kind.Slash), (slip.Value, slip.Hint));
    }

    [Fact]
    public void State_may_be_missing_or_four_thousand_characters_long_and_not_longer()
    {
        Assert.Null(Valid($"response_type=code&scope=video.list&redirect_uri={Web}").State);
        Assert.Equal(4_096, Valid($"response_type=code&scope=video.list&redirect_uri={Web}&state={new string('s', 4_096)}").State!.Length);
        Assert.Equal("State", Problem($"response_type=code&scope=video.list&redirect_uri={Web}&state={new string('s', 4_097)}", App));
    }

    [Fact]
    public void Fifty_scopes_are_looked_at_and_no_more()
    {
        Assert.Equal("ScopeUnknown", Problem($"response_type=code&redirect_uri={Web}&scope={string.Join(',', Enumerable.Repeat("made.up", 50))}", App));
        Assert.Equal("ScopeMissing", Problem($"response_type=code&redirect_uri={Web}&scope={string.Join(',', Enumerable.Repeat("made.up", 51))}", App));
    }

    [Fact]
    public void An_ask_can_be_begun_again_from_its_own_address()
    {
        var web = Valid($"response_type=code&scope=video.list&redirect_uri={Web}&state=a%26b&iss=1");
        var desktop = Valid($"response_type=code&scope=video.list&redirect_uri={Desktop}&code_challenge={Challenge}&disable_auto_auth=1");

        foreach (var ask in new[] { web, desktop })
        {
            var again = Valid(ask.Path.Split('?', 2)[1]);
            Assert.Equal(ask.Scopes, again.Scopes);
            Assert.Equal(ask with { Scopes = [] }, again with { Scopes = [] });
            Assert.StartsWith("/v2/auth/authorize/?client_key=key&", ask.Path, StringComparison.Ordinal);
        }
    }

    private static AuthorizationAsk Valid(string query) => Assert.IsType<AuthorizeVerdict.Valid>(Decide(query, App)).Ask;

    private static AuthorizeVerdict.Invalid Invalid(string query, AskingApp? app) => Assert.IsType<AuthorizeVerdict.Invalid>(Decide(query, app));

    private static string Problem(string query, AskingApp? app) => Invalid(query, app).Problem.ToString();

    private static AuthorizeVerdict Decide(string query, AskingApp? app) => AuthorizeRule.Decide(FormFields.Read(Encoding.UTF8.GetBytes(query)), app);
}
