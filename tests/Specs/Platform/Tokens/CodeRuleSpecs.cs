using Holdfast.Platform.Authorize;
using Holdfast.Platform.Tokens;

namespace Holdfast.Specs.Platform.Tokens;

public sealed class CodeRuleSpecs
{
    private const string Uri = "http://127.0.0.1:49152/callback/";
    private const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);
    private static readonly StoredCode Code = new(
        [1], "app", "consent", RedirectPlatform.Desktop, Uri, "user.info.basic", "13d31e961a1ad8ec2f16b10c4c982e0876a878ad6df144566ee1894acb70f9c3", Now.AddMinutes(1), 0, null, null);

    [Fact]
    public void A_living_code_with_everything_right_is_redeemed() => Assert.Equal(CodeVerdict.Redeem, Decide(Code));

    [Fact]
    public void A_code_we_never_made_and_another_apps_code_look_alike()
    {
        Assert.Equal(CodeVerdict.Unknown, Decide(null));
        Assert.Equal(CodeVerdict.Unknown, Decide(Code with { AppId = "other" }));
        Assert.Equal(CodeVerdict.Unknown, Decide(Code with { AppId = "other", RedeemedAt = Now }));
    }

    [Fact]
    public void A_code_ends_at_its_end_and_not_before()
    {
        Assert.Equal(CodeVerdict.Expired, Decide(Code with { ExpiresAt = Now }));
        Assert.Equal(CodeVerdict.Redeem, Decide(Code with { ExpiresAt = Now.AddMilliseconds(1) }));
    }

    [Fact]
    public void A_code_is_dead_after_the_fifth_miss()
    {
        Assert.Equal(CodeVerdict.Redeem, Decide(Code with { Misses = CodeRule.MostMisses - 1 }));
        Assert.Equal(CodeVerdict.Expired, Decide(Code with { Misses = CodeRule.MostMisses }));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("http://127.0.0.1:49152/callback")]
    [InlineData("HTTP://127.0.0.1:49152/callback/")]
    public void Another_redirect_uri_is_a_mismatch_whatever_the_verifier(string? uri) => Assert.Equal(CodeVerdict.RedirectMismatch, Decide(Code, uri, "wrong"));

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    public void Another_verifier_is_a_mismatch(string? verifier) => Assert.Equal(CodeVerdict.PkceMismatch, Decide(Code, Uri, verifier));

    // Whoever cannot show address and verifier holds nothing but an old address bar: they end nothing.
    [Fact]
    public void Only_somebody_with_everything_right_replays_a_spent_code()
    {
        var spent = Code with { RedeemedAt = Now.AddMinutes(-1), ExpiresAt = Now.AddMinutes(-1), Misses = CodeRule.MostMisses };

        Assert.Equal(CodeVerdict.Spent, Decide(spent));
        Assert.Equal(CodeVerdict.RedirectMismatch, Decide(spent, "https://other.example.test/"));
        Assert.Equal(CodeVerdict.PkceMismatch, Decide(spent, Uri, "wrong"));
    }

    private static CodeVerdict Decide(StoredCode? code, string? uri = Uri, string? verifier = Verifier) => CodeRule.Decide(code, "app", uri, verifier, Now);
}
