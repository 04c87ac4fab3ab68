using System.Text.Json;
using Holdfast.TikTok;
using Holdfast.TikTok.OAuth;
using Holdfast.TikTok.Posting;

namespace Holdfast.Specs.TikTok;

/// <summary>Secrets do not print, however they are asked to.</summary>
public sealed class SecretSpecs
{
    private const string Text = "https://localhost/tell-nobody-tell-nobody-tell-nobody";
    private const string Verifier = "tell-nobody-tell-nobody-tell-nobody-tell-nobody";

    public static TheoryData<Secret> All =>
    [
        new ClientSecret(Text), new AccessToken(Text), new RefreshToken(Text), new AuthorizationCode(Text), new CodeVerifier(Verifier), new UploadUrl(Text),
    ];

    [Theory, Trait("case", "107")]
    [MemberData(nameof(All), DisableDiscoveryEnumeration = true)]
    public void Neither_text_nor_json_shows_it(Secret secret)
    {
        Assert.Equal($"{secret.GetType().Name}(redacted)", secret.ToString());
        Assert.DoesNotContain("nobody", $"{secret}", StringComparison.Ordinal);
        Assert.DoesNotContain("nobody", JsonSerializer.Serialize<object>(secret), StringComparison.Ordinal);
        Assert.Contains("nobody", secret.Reveal(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_holds_secrets_prints_and_serializes_without_them()
    {
        object[] holders =
        [
            new ClientCredentials("key", new(Text)),
            new TokenOutcome.Granted(new(new(Text), TimeSpan.FromHours(2), new(Text), TimeSpan.FromDays(180), "-000x", [])),
            new AuthorizationCallback.Granted(new(Text), [], "s"),
            Pkce.For(new(Verifier)),
            new ApiOutcome<VideoInit>.Ok(new("p", new(Text)), "L1"),
            new ClientTokenOutcome.Granted(new(Text), TimeSpan.FromHours(2)),
        ];
        Assert.All(holders, holder => Assert.DoesNotContain("nobody", $"{holder}{JsonSerializer.Serialize(holder, holder.GetType())}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("tell nobody")]
    [InlineData("nobody\r\nX-Injected: 1")]
    [InlineData("nobödy")]
    public void What_cannot_be_a_token_is_refused_without_being_repeated(string text)
    {
        var refusal = Assert.Throws<ArgumentException>(() => new AccessToken(text));
        Assert.DoesNotContain("nob", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_upload_url_is_refused_without_being_repeated() =>
        Assert.DoesNotContain("nobody", Assert.Throws<ArgumentException>(() => new UploadUrl("ftp://x/?token=nobody")).Message, StringComparison.Ordinal);

    [Fact]
    public void Only_the_same_kind_with_the_same_text_is_equal()
    {
        Assert.Equal(new AccessToken("a"), new AccessToken("a"));
        Assert.NotEqual(new AccessToken("a"), new AccessToken("b"));
        Assert.False(new AccessToken("a").Equals((object)new RefreshToken("a")));
    }
}
