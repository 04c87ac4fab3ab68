using Holdfast.Platform.Authorize;

namespace Holdfast.Specs.Platform.Authorize;

public sealed class PkceSpecs
{
    private const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private const string Hex = "13d31e961a1ad8ec2f16b10c4c982e0876a878ad6df144566ee1894acb70f9c3";
    private const string Base64Url = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    [Theory]
    [InlineData("Desktop", null, "S256", "ChallengeMissing")]
    [InlineData("Desktop", Hex, "S256", null)]
    [InlineData("Desktop", Hex, null, null)]
    [InlineData("Desktop", Hex, "plain", "Method")]
    [InlineData("Desktop", Base64Url, "S256", null)] // accepted here and refused at the token endpoint (§9, quirk 4)
    [InlineData("Desktop", "", "S256", "ChallengeMissing")]
    [InlineData("Web", "", "S256", null)]
    [InlineData("Desktop", "13d31e961a1ad8ec2f16b10c4c982e0876a878ad6df144566ee1894acb70f9cg", "S256", "ChallengeMalformed")]
    [InlineData("Web", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM", "S256", "ChallengeMalformed")]
    [InlineData("Desktop", Hex + "0", "S256", "ChallengeMalformed")]
    [InlineData("Desktop", Base64Url + "=", "S256", "ChallengeMalformed")]
    [InlineData("Web", null, null, null)]
    [InlineData("Web", null, "S256", null)]
    [InlineData("Web", Base64Url, "S256", null)]
    [InlineData("Web", Base64Url, "none", "Method")]
    public void The_authorization_endpoint_asks_for_a_challenge_where_the_redirect_uri_needs_one(string platform, string? challenge, string? method, string? problem) =>
        Assert.Equal(problem, PkceRule.ProblemWith(Enum.Parse<RedirectPlatform>(platform), challenge, method)?.ToString());

    [Theory]
    [InlineData("Desktop", Hex, Verifier, true)]
    [InlineData("Desktop", "13D31E961A1AD8EC2F16B10C4C982E0876A878AD6DF144566EE1894ACB70F9C3", Verifier, true)]
    [InlineData("Desktop", Base64Url, Verifier, false)]
    [InlineData("Desktop", Hex, null, false)]
    [InlineData("Desktop", "99ace9ac249ad4adce3e97d48cf9e52fd415e937dbe66c07e4c03f954a2d3ac1", "Abcdefghijklmnopqrstuvwxyz012345", true)]
    [InlineData("Desktop", "e6a178b120743d08509508f269652b0bdf91e29332921bc9e9744fd3dd41bfef", "gaeCq5mVvbhA8Ce6w5O9XBVIKMkySgv-_9A-rnhm9Ns", true)]
    [InlineData("Desktop", "2c624232cdd221771294dfbb310aca000a0df6ac8b66b696d90ef06fdefb64a3", "short", false)]
    [InlineData("Web", Hex, Verifier, true)]
    [InlineData("Web", Base64Url, Verifier, true)]
    [InlineData("Web", Base64Url, null, false)]
    [InlineData("Web", null, Verifier, true)]
    [InlineData("Web", null, null, true)]
    public void The_token_endpoint_wants_the_verifier_of_the_challenge(string platform, string? challenge, string? verifier, bool proves) =>
        Assert.Equal(proves, PkceRule.Proves(Enum.Parse<RedirectPlatform>(platform), challenge, verifier));

    [Theory]
    [InlineData("Desktop", 31, false)]
    [InlineData("Desktop", 32, true)]
    [InlineData("Desktop", 128, true)]
    [InlineData("Desktop", 129, false)]
    [InlineData("Web", 0, false)]
    [InlineData("Web", 1, true)]
    [InlineData("Web", 128, true)]
    [InlineData("Web", 129, false)]
    public void A_verifier_has_as_many_characters_as_its_platform_allows(string platform, int length, bool proves)
    {
        var verifier = new string('a', length);
        var challenge = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(verifier)));

        Assert.Equal(proves, PkceRule.Proves(Enum.Parse<RedirectPlatform>(platform), challenge, verifier));
    }

    // Outside ASCII every letter has one digest, that of a question mark: none of them may prove anything.
    [Fact]
    public void A_verifier_of_other_letters_proves_nothing_even_where_its_digest_fits()
    {
        var challenge = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(new string('a', 42) + "?")));

        Assert.False(PkceRule.Proves(RedirectPlatform.Web, challenge, new string('a', 42) + "é"));
        Assert.False(PkceRule.Proves(RedirectPlatform.Web, challenge, new string('a', 42) + "?"));
    }

    [Fact]
    public void A_verifier_longer_than_128_characters_or_with_other_letters_proves_nothing()
    {
        Assert.False(PkceRule.Proves(RedirectPlatform.Web, Hex, new string('a', 129)));
        Assert.False(PkceRule.Proves(RedirectPlatform.Web, Hex, Verifier + "é"));
    }
}
