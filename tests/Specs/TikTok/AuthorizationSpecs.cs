using Holdfast.TikTok;
using Holdfast.TikTok.OAuth;

namespace Holdfast.Specs.TikTok;

/// <summary>The way to the consent page and back (tiktok-v2 §1, §11).</summary>
public sealed class AuthorizationSpecs
{
    [Theory]
    [InlineData("gaeCq5mVvbhA8Ce6w5O9XBVIKMkySgv-_9A-rnhm9Ns", "e6a178b120743d08509508f269652b0bdf91e29332921bc9e9744fd3dd41bfef")]
    [InlineData("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "13d31e961a1ad8ec2f16b10c4c982e0876a878ad6df144566ee1894acb70f9c3")]
    public void A_challenge_is_the_hexadecimal_digest_of_the_verifier(string verifier, string challenge) =>
        Assert.Equal(challenge, Pkce.For(new(verifier)).Challenge);

    [Fact]
    public void The_digest_of_a_short_verifier_is_tiktoks_too() =>
        Assert.Equal("99ace9ac249ad4adce3e97d48cf9e52fd415e937dbe66c07e4c03f954a2d3ac1", Pkce.ChallengeOf("Abcdefghijklmnopqrstuvwxyz012345"));

    [Theory]
    [InlineData(32, 43)]
    [InlineData(96, 128)]
    public void A_verifier_has_the_documented_length(int bytes, int characters) =>
        Assert.Equal(characters, Pkce.Create(new byte[bytes]).Verifier.Reveal().Length);

    [Theory]
    [InlineData(31)]
    [InlineData(97)]
    public void A_verifier_of_another_length_is_not_made(int bytes) => Assert.Throws<ArgumentOutOfRangeException>(() => Pkce.Create(new byte[bytes]));

    [Theory]
    [InlineData("http://127.0.0.1:3455/callback/", PkceStyle.Hex)]
    [InlineData("http://localhost:7400/connect/tiktok/callback/", PkceStyle.Hex)]
    [InlineData("https://app.example.test/callback", PkceStyle.None)]
    public void The_redirect_uri_tells_whether_pkce_is_wanted(string uri, PkceStyle expected) => Assert.Equal(expected, Pkce.StyleFor(uri));

    [Fact]
    public void Everything_in_the_link_is_encoded_and_nothing_is_added()
    {
        var request = new AuthorizationRequest("k&1", ["user.info.basic", "video.list"], "https://app.example.test/c", "s=1") { DisableAutoAuth = true, Language = "de" };
        Assert.Equal(
            "https://www.tiktok.com/v2/auth/authorize/?client_key=k%261&scope=user.info.basic%2Cvideo.list&response_type=code"
            + "&redirect_uri=https%3A%2F%2Fapp.example.test%2Fc&state=s%3D1&disable_auto_auth=1&lang=de",
            request.ToUrl(TikTokEndpoints.Default).AbsoluteUri);
    }

    [Theory]
    [InlineData("?code=abc%2A0%216123.u1&state=s", "abc*0!6123.u1")]
    [InlineData("?code=abc*0!6123.u1&state=s", "abc*0!6123.u1")]
    [InlineData("?code=abc%252A0&state=s", "abc%2A0")]
    [InlineData("code=a&state=s#fragment", "a")]
    public void A_code_is_decoded_exactly_once(string query, string code) =>
        Assert.Equal(code, Assert.IsType<AuthorizationCallback.Granted>(AuthorizationCallback.Parse(query)).Code.Reveal());

    [Theory]
    [InlineData("?state=s")]
    [InlineData("")]
    [InlineData("?code=&state=s")]
    [InlineData("?code=a&code=b&state=s")]
    [InlineData("?code=a&state=s&state=t")]
    [InlineData("?code=a&error=access_denied&state=s")]
    [InlineData("?code=a%0D%0Ab&state=s")]
    public void What_is_no_callback_is_not_taken_for_one(string query) =>
        Assert.IsType<AuthorizationCallback.NotACallback>(AuthorizationCallback.Parse(query));

    [Fact]
    public void A_refusal_without_state_is_still_read() => Assert.Equal(
        new AuthorizationCallback.Refused("access_denied", "The user said no", null), AuthorizationCallback.Parse("?error=access_denied&error_description=The+user%20said%20no"));

    [Theory]
    [InlineData("abc", "abc", true)]
    [InlineData("abc", "abd", false)]
    [InlineData("abc", "ab", false)]
    [InlineData("abc", "", false)]
    [InlineData("abc", null, false)]
    public void A_state_matches_itself_only(string expected, string? received, bool matches) => Assert.Equal(matches, AuthorizationState.Matches(expected, received));

    [Fact]
    public void An_empty_state_protects_nobody() => Assert.Throws<ArgumentException>(() => AuthorizationState.Matches("", ""));

    [Theory, Trait("case", "104")]
    [InlineData("http://tiktok.example")]
    [InlineData("http://192.168.1.5:7500")]
    [InlineData("ftp://localhost")]
    [InlineData("https://user:pass@open.tiktokapis.com")]
    [InlineData("https://open.tiktokapis.com/v2")]
    [InlineData("https://open.tiktokapis.com/?a=b")]
    public void Secrets_are_not_sent_to_such_an_address(string address) => Assert.Throws<ArgumentException>(() => TikTokEndpoints.At(new(address)));

    [Theory]
    [InlineData("http://localhost:7500")]
    [InlineData("http://127.0.0.1:7500")]
    [InlineData("http://[::1]:7500")]
    [InlineData("https://platform.example.test")]
    public void Secrets_are_sent_to_such_an_address(string address) => Assert.Equal(new Uri(address), TikTokEndpoints.At(new(address)).Api);

    [Theory]
    [InlineData("user.info.basic", 6)]
    [InlineData("user.info.basic,user.info.profile", 10)]
    [InlineData("user.info.stats,video.list", 4)]
    [InlineData("video.list", 0)]
    public void Only_granted_fields_are_asked_for(string scopes, int fields) => Assert.Equal(fields, Holdfast.TikTok.Display.UserFields.For(TikTokScopes.Parse(scopes)).Count);
}
