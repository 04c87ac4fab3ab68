using Holdfast.Platform.Authorize;

namespace Holdfast.Specs.Platform.Authorize;

/// <summary>Attack cases 1–9 at the rule: text is compared, nothing is normalised.</summary>
public sealed class RedirectMatchSpecs
{
    private static readonly RegisteredRedirect[] Registered =
    [
        new() { Platform = RedirectPlatform.Desktop, Uri = "http://127.0.0.1:*/cb" },
        new() { Platform = RedirectPlatform.Desktop, Uri = "http://localhost:3455/callback/" },
        new() { Platform = RedirectPlatform.Web, Uri = "https://app.example/callback" },
        new() { Platform = RedirectPlatform.Web, Uri = "https://star.example:*/cb" },
    ];

    [Theory]
    [InlineData("https://app.example/callback", "Web")]
    [InlineData("http://localhost:3455/callback/", "Desktop")]
    [InlineData("http://127.0.0.1:1/cb", "Desktop")]
    [InlineData("http://127.0.0.1:8080/cb", "Desktop")]
    [InlineData("http://127.0.0.1:65535/cb", "Desktop")]
    [InlineData("https://star.example:*/cb", "Web")] // no wildcard outside Desktop: only its own text
    public void A_registered_address_is_found_in_its_list(string asked, string platform) => Assert.Equal(platform, RedirectMatch.Find(Registered, asked)?.ToString());

    [Theory]
    [InlineData("https://app.example/callback/")]
    [InlineData("https://app.example/callback?x=1")]
    [InlineData("https://app.example/callback#f")]
    [InlineData("https://APP.example/callback")]
    [InlineData("HTTPS://app.example/callback")]
    [InlineData("https://app.example/Callback")]
    [InlineData("https://app.example:443/callback")]
    [InlineData("https://app.example./callback")]
    [InlineData("https://x.app.example/callback")]
    [InlineData("https://app.example.evil/callback")]
    [InlineData("https://аpp.example/callback")]
    [InlineData("https://star.example:8080/cb")]
    [InlineData("http://localhost:3456/callback/")]
    [InlineData("http://127.0.0.1:3455/callback/")]
    [InlineData("http://127.0.0.1:/cb")]
    [InlineData("http://127.0.0.1/cb")]
    [InlineData("http://127.0.0.1:*/cb")]
    [InlineData("http://127.0.0.1:0/cb")]
    [InlineData("http://127.0.0.1:080/cb")]
    [InlineData("http://127.0.0.1:65536/cb")]
    [InlineData("http://127.0.0.1:99999/cb")]
    [InlineData("http://127.0.0.1:100000/cb")]
    [InlineData("http://127.0.0.1:80@evil.example/cb")]
    [InlineData("http://127.0.0.1:8080.evil.example/cb")]
    [InlineData("http://127.0.0.1:80/x/cb")]
    [InlineData("http://127.0.0.1:80/cb/")]
    [InlineData("http://127.0.0.1:80/")]
    [InlineData("http://127.0.0.1:٣/cb")]
    [InlineData("http://127.0.0.1:99999999999/cb")]
    [InlineData("http://127.0.0.2:80/cb")]
    [InlineData("http://2130706433:80/cb")]
    [InlineData("http://127.1:80/cb")]
    [InlineData("https://127.0.0.1:80/cb")]
    [InlineData("")]
    public void Anything_else_is_unknown(string asked) => Assert.Null(RedirectMatch.Find(Registered, asked));

    [Fact]
    public void An_address_in_both_lists_is_the_one_that_asks_for_less() => Assert.Equal(RedirectPlatform.Web, RedirectMatch.Find(
    [
        new RegisteredRedirect { Platform = RedirectPlatform.Desktop, Uri = "https://localhost:1/cb" },
        new RegisteredRedirect { Platform = RedirectPlatform.Web, Uri = "https://localhost:1/cb" },
    ], "https://localhost:1/cb"));
}
