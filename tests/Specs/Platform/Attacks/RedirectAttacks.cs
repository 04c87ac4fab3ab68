using Holdfast.Platform.Authorize;
using Holdfast.Platform.Developers;

namespace Holdfast.Specs.Platform.Attacks;

/// <summary>B1, cases 1–12: addresses that look like a registered one. Redirect URIs are compared as raw text.</summary>
public sealed class RedirectAttacks
{
    private const string Web = Victim.WebRedirect;

    public static readonly TheoryData<string, string?[]> Slips = new()
    {
        { "Case 01: a slash added, a letter gone", [Web + "/", "https://app.example/callbac"] },
        { "Case 02: a query, a fragment", [Web + "?x=1", Web + "#f"] },
        {
            "Case 03: a path that goes up, in every spelling",
            ["https://app.example/callback/../evil", "https://app.example/x/../callback", "https://app.example/callback/%2e%2e/evil", "https://app.example/callback/..%2fevil", "https://app.example/callback/..;/evil"]
        },
        { "Case 04: a user name, a backslash", ["https://app.example:443@evil.example/callback", "https://evil.example\\@app.example/callback"] },
        {
            "Case 05: a host around ours",
            ["https://app.example.evil.example/callback", "https://evil-app.example/callback", "https://x.app.example/callback", "https://app.example./callback"]
        },
        { "Case 06: capitals", ["https://app.example/CALLBACK", "HTTPS://app.example/callback", "https://APP.EXAMPLE/callback"] },
        { "Case 07: a Cyrillic letter and its punycode", ["https://аpp.example/callback", "https://xn--pp-6kc.example/callback"] },
        { "Case 08: a port of a web app", ["https://app.example:8443/callback", "https://app.example:443/callback"] },
        { "Case 10: no address of the web", ["javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "file:///etc/passwd", "//evil.example"] },
        { "Case 11: control characters and spaces", [Web + "\0", Web + "\r\nSet-Cookie: a=b", "\t" + Web, " " + Web, Web + " "] },
        { "Case 12: nothing, where one alone is registered", ["", null] },
    };

    [Theory, MemberData(nameof(Slips))]
    public async Task A_redirect_uri_that_is_not_letter_by_letter_the_registered_one_stays_here(string slip, string?[] asked)
    {
        await using var victim = await Victim.OpenAsync(RedirectPlatform.Web);
        foreach (var uri in asked)
        {
            var values = await victim.StaysAsync(victim.Request(("redirect_uri", uri)));
            Assert.True(values.Contains("error_type=redirect_uri", StringComparison.Ordinal) || uri!.Contains('\0', StringComparison.Ordinal), $"{slip}: {uri} {values}");
        }
    }

    [Fact]
    public async Task Case_08_another_port_is_for_desktop_apps_that_registered_a_star_and_only_on_their_own_host()
    {
        await using var victim = await Victim.OpenAsync();

        Assert.Contains("?code=", (await victim.Browser.GetAsync(victim.Request(("redirect_uri", "http://127.0.0.1:50001/callback/")))).Location, StringComparison.Ordinal);
        await using var other = await Victim.OpenAsync();
        foreach (var asked in (string[])["http://localhost:50001/callback/", "http://[::1]:50001/callback/", "http://192.168.0.1:50001/callback/"])
            await other.StaysAsync(other.Request(("redirect_uri", asked)));
    }

    [Fact]
    public async Task Case_09_a_star_stands_for_a_port_and_for_nothing_else()
    {
        await using var victim = await Victim.OpenAsync();
        foreach (var asked in (string[])
        [
            "http://127.0.0.1:80@evil.example/callback/", "http://127.0.0.1:/callback/", "http://127.0.0.1:99999/callback/", "http://127.0.0.1:0/callback/", "http://127.0.0.1:8080.evil.example/callback/",
            "http://2130706433:80/callback/", "http://0x7f.1:80/callback/", "http://127.1:80/callback/", "http://[::ffff:127.0.0.1]:80/callback/", "http://127.0.0.1:*/callback/", "http://127.0.0.1:８０/callback/",
            "http://127.0.0.1:80/callback/../callback/", "http://127.0.0.1:+80/callback/", "http://127.0.0.1/callback/",
        ])
        {
            Assert.Contains("error_type=redirect_uri", await victim.StaysAsync(victim.Request(("redirect_uri", asked))), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("https://аpp.example/callback")]
    [InlineData("https://bücher.example/callback")]
    [InlineData("https://app.example/с")]
    public void Case_07_a_host_with_other_letters_than_ascii_cannot_even_be_registered(string uri) =>
        Assert.NotNull(RedirectUriRule.ProblemWith(RedirectPlatform.Web, uri));
}
