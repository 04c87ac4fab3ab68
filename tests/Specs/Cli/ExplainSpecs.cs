using Holdfast.Cli.Explain;

namespace Holdfast.Specs.Cli;

/// <summary><c>holdfast explain</c>: what a person pasted, in words (tiktok-v2 §1.2 to §1.7, §9).</summary>
public sealed class ExplainSpecs
{
    private const string Challenge = "e6a178b120743d08509508f269652b0bdf91e29332921bc9e9744fd3dd41bfef";
    private const string State = "state=0123456789abcdef";
    private const string Desktop = "https://www.tiktok.com/v2/auth/authorize/?client_key=aw1&scope=user.info.basic%2Cvideo.list&response_type=code"
        + "&redirect_uri=http%3A%2F%2F127.0.0.1%3A3455%2Fcallback%2F&" + State + "&code_challenge=" + Challenge + "&code_challenge_method=S256";
    private const string Web = "https://www.tiktok.com/v2/auth/authorize/?client_key=aw1&scope=user.info.basic&response_type=code"
        + "&redirect_uri=https%3A%2F%2Fapp.example.test%2Fcallback%2F&" + State;

    [Theory]
    [InlineData(Desktop)]
    [InlineData(Web)]
    public void A_sound_link_has_nothing_wrong(string link)
    {
        var explanation = ExplainAddress.Of(link);
        Assert.Equal(AddressKind.AuthorizationRequest, explanation.Kind);
        Assert.DoesNotContain(explanation.Findings, finding => finding.Weight != Weight.Note);
    }

    [Theory]
    [InlineData("client_key=aw1", "client_id=aw1", "client_key; client_id is not read")]
    [InlineData("client_key=aw1&", "", "client_key is missing")]
    [InlineData("client_key=aw1", "client_key=aw1&client_secret=s", "client secret stands in a link")]
    [InlineData("client_key=aw1", "client_key=aw1&client_key=aw2", "client_key stands there 2 times")]
    [InlineData("user.info.basic%2Cvideo.list", "user.info.basic%20video.list", "separated by spaces")]
    [InlineData("user.info.basic%2Cvideo.list", "user.info.basic+video.list", "separated by spaces")]
    [InlineData("scope=user.info.basic%2Cvideo.list&", "", "scope is missing")]
    [InlineData("scope=", "scopes=", "scopes is its name in the callback")]
    [InlineData("video.list", "research.data.basic", "belongs to client tokens")]
    [InlineData("response_type=code", "response_type=token", "has to be code")]
    [InlineData("response_type=code&", "", "response_type is missing")]
    [InlineData("redirect_uri=http%3A%2F%2F127.0.0.1%3A3455%2Fcallback%2F&", "", "redirect_uri is missing")]
    [InlineData("http%3A%2F%2F127.0.0.1%3A3455%2Fcallback%2F", "http%253A%252F%252F127.0.0.1%253A3455%252Fcallback%252F", "encoded twice")]
    [InlineData("%3A3455", "%3A*", "The * belongs to the registration")]
    [InlineData("%3A3455", "", "needs a port")]
    [InlineData("127.0.0.1", "%5B%3A%3A1%5D", "in no rule of TikTok's")]
    [InlineData("127.0.0.1", "app.example.test", "localhost and 127.0.0.1 only")]
    [InlineData("callback%2F", "callback%2F%3Fa%3Db", "has a query")]
    [InlineData("callback%2F", "callback%2F%23top", "has a fragment")]
    [InlineData("http%3A%2F%2F127.0.0.1%3A3455%2Fcallback%2F", "callback", "not an absolute address")]
    [InlineData("&" + State, "", "state is missing")]
    [InlineData("&code_challenge=" + Challenge + "&code_challenge_method=S256", "", "error 10007")]
    [InlineData("S256", "plain", "error 10008")]
    [InlineData(Challenge, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", "code_challenge is base64url")]
    [InlineData(Challenge, "abc", "no SHA-256 in hexadecimal")]
    [InlineData("&code_challenge=", "&code_verifier=v&code_challenge=", "gives PKCE away")]
    [InlineData("https://www.tiktok.com", "http://www.tiktok.com", "Plain http")]
    [InlineData("www.tiktok.com", "open.tiktokapis.com", "not on open.tiktokapis.com")]
    [InlineData("/v2/auth/authorize/", "/auth/authorize/", "ended on 29 February 2024")]
    [InlineData("/v2/auth/authorize/", "/oauth/", "not at /oauth/")]
    public void A_mistake_in_the_link_is_named(string right, string mistake, string says)
    {
        var link = Desktop.Replace(right, mistake, StringComparison.Ordinal);
        Assert.NotEqual(Desktop, link);
        var explanation = ExplainAddress.Of(link);
        Assert.Equal(AddressKind.AuthorizationRequest, explanation.Kind);
        Assert.Contains(explanation.Findings, finding => finding.Weight == Weight.Wrong && finding.Says.Contains(says, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("user.info.basic%2Cvideo.list", "user.info.basic%2C%20video.list", "spaces beside the commas")]
    [InlineData("video.list", "video.lists", "not a scope we know")]
    [InlineData("0123456789abcdef", "123", "can be guessed")]
    [InlineData("callback%2F", "", "has no path")]
    [InlineData(Challenge, "E6A178B120743D08509508F269652B0BDF91E29332921BC9E9744FD3DD41BFEF", "upper-case")]
    [InlineData("&" + State, "&disable_auto_auth=true&" + State, "0 or 1")]
    public void A_risk_in_the_link_is_named(string right, string risk, string says) => Assert.Contains(
        ExplainAddress.Of(Desktop.Replace(right, risk, StringComparison.Ordinal)).Findings,
        finding => finding.Weight == Weight.Risk && finding.Says.Contains(says, StringComparison.Ordinal));

    [Theory]
    [InlineData(Desktop, "callback%2F", "callback", "no slash at the end")]
    [InlineData(Desktop, "&code_challenge_method=S256", "", "TikTok's own SDKs leave it out")]
    [InlineData(Desktop, "client_key=aw1", "client_key=sbaw1", "target users")]
    [InlineData(Desktop, "client_key=aw1", "client_key=aw1&client_id=aw1", "client_id is ignored")]
    public void A_hint_about_the_link_is_given(string link, string from, string to, string says) => Assert.Contains(
        ExplainAddress.Of(link.Replace(from, to, StringComparison.Ordinal)).Findings, finding => finding.Says.Contains(says, StringComparison.Ordinal));

    [Fact]
    public void A_base64url_challenge_on_the_web_is_a_risk_only() => Assert.True(
        ExplainAddress.Of(Web + "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256").IsSound);

    [Fact]
    public void A_good_callback_is_explained_without_showing_the_code()
    {
        var explanation = ExplainAddress.Of("http://127.0.0.1:3455/callback/?code=Zk3v9Qexample%2A0%216123.u1&scopes=user.info.basic%2Cvideo.list&state=n7f3");
        Assert.Equal((AddressKind.Callback, true), (explanation.Kind, explanation.IsSound));
        Assert.Contains(("Granted", "user.info.basic,video.list"), explanation.Parts);
        Assert.DoesNotContain("Zk3v9Q", string.Join(' ', explanation.Parts) + string.Join(' ', explanation.Findings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:1/c/?code=a%252A0%25216123.u1&state=s", "encoded twice")]
    [InlineData("http://localhost:1/c/?code=a&code=b&state=s", "two codes")]
    [InlineData("http://localhost:1/c/?code=a%2A&state=s", "ends at the *")]
    [InlineData("http://localhost:1/c/?code=a+b&state=s", "holds spaces")]
    [InlineData("http://localhost:1/c/?code=abc&scopes=user.info.basic", "state is missing")]
    [InlineData("http://localhost:1/c/?code=abc", "the shell cut the address")]
    [InlineData("http://localhost:1/c/?code=&state=s", "code is empty")]
    [InlineData("http://localhost:1/c/?error=access_denied&state=s", "pressed Cancel")]
    [InlineData("?error=unauthorized_client&state=s", "may not do this")]
    [InlineData("http://localhost:1/c/?error=server_error", "problem of its own")]
    [InlineData("http://localhost:1/c/?error=never_heard_of", "not in TikTok's list")]
    [InlineData("http://localhost:1/c/?error=access_denied&code=a", "a code beside the error")]
    public void A_callback_with_a_problem_is_explained(string address, string says)
    {
        var explanation = ExplainAddress.Of(address);
        Assert.Contains(explanation.Kind, (AddressKind[])[AddressKind.Callback, AddressKind.CallbackError]);
        Assert.Contains(explanation.Findings, finding => $"{finding.Says} {finding.Fix}".Contains(says, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("?error=unauthorized_client&error_type=client_key&logid=20261101120000A1B2C3D4E5F60718293A", "a scope in the link that the app does not have")]
    [InlineData("?error=invalid_request&error_type=redirect_uri", "not registered for this key")]
    [InlineData("?error=param_error&errCode=10007&error_type=code_challenge", "code_challenge is missing")]
    [InlineData("?error=param_error&errCode=10008&error_type=code_challenge_method", "not S256")]
    [InlineData("?error=invalid_scope&error_type=scope", "scope is missing")]
    [InlineData("?error=invalid_request&error_type=state", "state is missing")]
    [InlineData("?error=unsupported_response_type&error_type=response_type", "not code")]
    [InlineData("?error=invalid_request&error_type=request", "stands there twice")]
    [InlineData("?error=whatever", "not in our notes")]
    public void The_error_page_is_explained(string query, string says)
    {
        var explanation = ExplainAddress.Of("https://www.tiktok.com/v2/auth/authorize/" + query);
        Assert.Equal(AddressKind.ErrorPage, explanation.Kind);
        Assert.Contains(explanation.Findings, finding => finding.Says.Contains(says, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("https://example.test/")]
    [InlineData("https://example.test/?q=1")]
    public void Anything_else_is_not_recognised(string text) => Assert.Equal(AddressKind.Unrecognised, ExplainAddress.Of(text).Kind);

    [Fact]
    public void A_token_request_in_an_address_is_a_leak() =>
        Assert.False(ExplainAddress.Of("https://open.tiktokapis.com/v2/oauth/token/?client_key=a&client_secret=b&code=c").IsSound);

    [Theory]
    [InlineData(Web, 0)]
    [InlineData("hello", 1)]
    [InlineData("https://www.tiktok.com/v2/auth/authorize/?client_id=a", 2)]
    public void The_exit_code_says_how_it_went(string address, int expected)
    {
        using var printed = new StringWriter();
        Assert.Equal(expected, ExplainCommand.Show(new(TextReader.Null, printed, TextWriter.Null, isInteractive: false), ExplainAddress.Of(address)));
        Assert.NotEmpty(printed.ToString());
    }

    [Fact]
    public void Words_from_outside_cannot_command_the_terminal() => Assert.DoesNotContain(
        ExplainAddress.Of("http://localhost:1/c/?error=access_denied&error_description=%1B%5B2Jgone&state=s").Parts, part => part.Meaning.Contains('\u001b', StringComparison.Ordinal));
}
