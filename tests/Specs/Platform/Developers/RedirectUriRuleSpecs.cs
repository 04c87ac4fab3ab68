using Holdfast.Platform.Authorize;
using Holdfast.Platform.Developers;

namespace Holdfast.Specs.Platform.Developers;

/// <summary>§1.2 as a table; attack cases 7, 9 and 92 at the rule.</summary>
public sealed class RedirectUriRuleSpecs
{
    [Theory]
    [InlineData("Web", "https://app.example/callback", null)]
    [InlineData("Web", "https://app.example/", null)]
    [InlineData("Web", "https://app.example:8443/cb/", null)]
    [InlineData("Web", "https://xn--pp-yia.example/cb", null)]
    [InlineData("Web", "http://app.example/cb", "WebScheme")]
    [InlineData("Web", "HTTPS://app.example/cb", "WebScheme")]
    [InlineData("Web", "app.example/cb", "WebScheme")]
    [InlineData("Web", "javascript:alert(1)", "WebScheme")]
    [InlineData("Web", "https://app.example", "Path")]
    [InlineData("Web", "https://app.example/../cb", "Path")]
    [InlineData("Web", "https://app.example/./cb", "Path")]
    [InlineData("Web", "https://app.example/a//cb", "Path")]
    [InlineData("Web", "https://app.example/%2e%2e/cb", "Path")]
    [InlineData("Web", "https://app.example/*", "Path")]
    [InlineData("Web", "https://app.example/cb?x=1", "Query")]
    [InlineData("Web", "https://app.example/cb#f", "Fragment")]
    [InlineData("Web", "https://me@app.example/cb", "UserInfo")]
    [InlineData("Web", "https://localhost/cb", "WebHost")]
    [InlineData("Web", "https://localhost:1/cb", "WebHost")]
    [InlineData("Web", "https://192.0.2.1/cb", "WebHost")]
    [InlineData("Web", "https://[::1]/cb", "WebHost")]
    [InlineData("Web", "https://app/cb", "WebHost")]
    [InlineData("Web", "https://app.example./cb", "WebHost")]
    [InlineData("Web", "https://APP.example/cb", "WebHost")]
    [InlineData("Web", "https://app.example:443/cb", "WebHost")]
    [InlineData("Web", "https://*.example/cb", "WebHost")]
    [InlineData("Web", "https://app.example:*/cb", "WebHost")]
    [InlineData("Web", "https://-.example/cb", "WebHost")]
    [InlineData("Web", "https://аpp.example/cb", "Characters")]
    [InlineData("Web", "https://app.example/c b", "Characters")]
    [InlineData("Web", "https://app.example\\@evil.example/cb", "Characters")]
    [InlineData("Web", "https://app.example/<cb>", "Characters")]
    [InlineData("Web", "https://app.example/'", "Characters")]
    [InlineData("Web", "https://app.example/\"", "Characters")]
    [InlineData("Desktop", "http://localhost:3455/callback/", null)]
    [InlineData("Desktop", "http://127.0.0.1:*/callback/", null)]
    [InlineData("Desktop", "https://127.0.0.1:3455/callback/", null)]
    [InlineData("Desktop", "http://localhost:65535/", null)]
    [InlineData("Desktop", "ftp://localhost:1/", "DesktopScheme")]
    [InlineData("Desktop", "localhost:1/", "DesktopScheme")]
    [InlineData("Desktop", "http://app.example:1/", "DesktopHost")]
    [InlineData("Desktop", "http://[::1]:1/", "DesktopHost")]
    [InlineData("Desktop", "http://localhost.evil.example:1/", "DesktopHost")]
    [InlineData("Desktop", "http://localhost/", "DesktopPort")]
    [InlineData("Desktop", "http://localhost:/", "DesktopPort")]
    [InlineData("Desktop", "http://localhost:0/", "DesktopPort")]
    [InlineData("Desktop", "http://localhost:080/", "DesktopPort")]
    [InlineData("Desktop", "http://localhost:+80/", "DesktopPort")]
    [InlineData("Desktop", "http://localhost:65536/", "DesktopPort")]
    [InlineData("Desktop", "http://localhost:1:2/", "DesktopPort")]
    [InlineData("Desktop", "http://localhost:1*/", "DesktopPort")]
    [InlineData("Ios", "https://app.example/open/", null)]
    [InlineData("Ios", "http://app.example/open/", "LinkScheme")]
    [InlineData("Ios", "kiln://open/", "LinkScheme")]
    [InlineData("Ios", "https://localhost/open/", "LinkHost")]
    [InlineData("Ios", "https://app.example/open?x=1", "Query")]
    [InlineData("Android", "https://app.example/open/", null)]
    [InlineData("Android", "http://localhost:1/open/", "LinkScheme")]
    [InlineData("Android", "https://192.0.2.1/open/", "LinkHost")]
    [InlineData("Android", "https://*.example/open/", "LinkHost")]
    [InlineData("Android", "https://app.example/open/../x", "Path")]
    [InlineData("Android", "https://app.example/open#f", "Fragment")]
    public void Each_address_breaks_one_named_rule_or_none(string platform, string uri, string? problem) =>
        Assert.Equal(problem, RedirectUriRule.ProblemWith(Enum.Parse<RedirectPlatform>(platform), uri)?.ToString());

    [Fact]
    public void An_address_of_511_characters_is_taken_and_one_of_512_is_not()
    {
        const string head = "https://app.example/";

        Assert.Null(RedirectUriRule.ProblemWith(RedirectPlatform.Web, head.PadRight(511, 'a')));
        Assert.Equal(RedirectUriProblem.TooLong, RedirectUriRule.ProblemWith(RedirectPlatform.Web, head.PadRight(512, 'a')));
    }
}
