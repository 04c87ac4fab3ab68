using Holdfast.Platform.Authorize;

namespace Holdfast.Specs.Platform.Authorize;

public sealed class RequestSpecs
{
    [Theory]
    [InlineData("client_key", null, "error=unauthorized_client&error_type=client_key")]
    [InlineData("client_key", "sbawnobody", "error=unauthorized_client&error_type=client_key")]
    [InlineData("scope", "user.info.basic,made.up", "error=unauthorized_client&error_type=client_key")]
    [InlineData("scope", "user.info.basic,,video.list", "error=invalid_scope&error_type=scope")]
    [InlineData("scope", "", "error=invalid_scope&error_type=scope")]
    [InlineData("scope", null, "error=invalid_scope&error_type=scope")]
    [InlineData("scope", "user.info.basic video.list", "error=unauthorized_client&error_type=client_key")]
    [InlineData("response_type", "token", "error=unsupported_response_type&error_type=response_type")]
    [InlineData("response_type", "CODE", "error=unsupported_response_type&error_type=response_type")]
    [InlineData("response_type", "code token", "error=unsupported_response_type&error_type=response_type")]
    [InlineData("response_type", null, "error=unsupported_response_type&error_type=response_type")]
    [InlineData("redirect_uri", null, "error=invalid_request&error_type=redirect_uri")]
    [InlineData("redirect_uri", "", "error=invalid_request&error_type=redirect_uri")]
    [InlineData("redirect_uri", "https://evil.example/", "error=invalid_request&error_type=redirect_uri")]
    [InlineData("redirect_uri", "javascript:alert(1)", "error=invalid_request&error_type=redirect_uri")]
    [InlineData("code_challenge", null, "error=param_error&errCode=10007&error_type=code_challenge")]
    [InlineData("code_challenge", "short", "error=param_error&errCode=10007&error_type=code_challenge")]
    [InlineData("code_challenge_method", "plain", "error=param_error&errCode=10008&error_type=code_challenge_method")]
    [InlineData("code_challenge_method", "s256", "error=param_error&errCode=10008&error_type=code_challenge_method")]
    public async Task A_wrong_request_shows_the_error_page_and_never_leaves(string name, string? value, string expected)
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var app = await platform.AppAsync();
        await platform.PersonAsync("ada");
        using var browser = platform.Visitor();
        await browser.LogInAsync("ada");

        var refused = await browser.GetAsync(AuthorizePages.Request(app, (name, value)));
        var page = await browser.GetAsync(refused.Location!);

        Assert.Equal(302, refused.Status);
        Assert.Matches($"^/v2/auth/authorize/\\?{System.Text.RegularExpressions.Regex.Escape(expected)}&logid=[0-9A-F]{{34}}$", refused.Location!);
        Assert.Equal(200, page.Status);
        Assert.Contains(refused.Query["logid"], page.Text, StringComparison.Ordinal);
        Assert.Empty(page.Page.QuerySelectorAll("a[href^='javascript'], a[href*='evil']"));
    }

    [Theory]
    [InlineData("a=%")]
    [InlineData("a=%4")]
    [InlineData("a=%zz")]
    [InlineData("a=%C0%AF")]
    [InlineData("a=1&a=2")]
    [InlineData("a=1&%61=2")]
    public void Broken_escapes_and_repeated_names_are_not_read(string text) =>
        Assert.Null(Holdfast.Platform.Tokens.FormFields.Read(System.Text.Encoding.ASCII.GetBytes(text)));

    [Fact]
    public async Task Only_get_is_served_and_the_slash_at_the_end_does_not_matter()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var app = await platform.AppAsync();
        using var browser = platform.Visitor();

        Assert.StartsWith("/login", (await browser.GetAsync(AuthorizePages.Request(app).Replace("/?", "?", StringComparison.Ordinal))).Location, StringComparison.Ordinal);
        Assert.Equal(405, (await browser.PostAsync(AuthorizePages.Request(app))).Status);
    }

    [Fact]
    public async Task The_error_page_tells_the_developer_which_slip_it_was()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var app = await platform.AppAsync();
        using var browser = platform.Visitor();

        var slash = await browser.OpenAsync(AuthorizePages.Request(app, ("redirect_uri", "http://127.0.0.1:49152/callback")));
        var name = await browser.OpenAsync(AuthorizePages.Request(app, ("redirect_uri", "http://localhost:49152/callback/")));

        Assert.Contains("differs only in the slash", slash.Text, StringComparison.Ordinal);
        Assert.Contains("localhost and 127.0.0.1 are two addresses", name.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:3455/cb/", true)]
    [InlineData("http://127.0.0.1:1/cb/", true)]
    [InlineData("http://127.0.0.1:65535/cb/", true)]
    [InlineData("http://127.0.0.1:65536/cb/", false)]
    [InlineData("http://127.0.0.1:99999/cb/", false)]
    [InlineData("http://127.0.0.1:0/cb/", false)]
    [InlineData("http://127.0.0.1:080/cb/", false)]
    [InlineData("http://127.0.0.1:+80/cb/", false)]
    [InlineData("http://127.0.0.1:*/cb/", false)]
    [InlineData("http://127.0.0.1:/cb/", false)]
    [InlineData("http://127.0.0.1/cb/", false)]
    [InlineData("http://127.0.0.1:80/cb", false)]
    [InlineData("http://127.0.0.1:80/cb/?x=1", false)]
    [InlineData("http://127.0.0.1:80/cb/#f", false)]
    [InlineData("http://127.0.0.1:80/cb/../cb/", false)]
    [InlineData("http://127.0.0.1:80/x/%2e%2e/cb/", false)]
    [InlineData("HTTP://127.0.0.1:80/cb/", false)]
    [InlineData("http://127.0.0.1:80/CB/", false)]
    [InlineData("http://127.0.0.1:80@evil.example/cb/", false)]
    [InlineData("http://127.0.0.1:8080.evil.example/cb/", false)]
    [InlineData("http://evil.example\\@127.0.0.1:80/cb/", false)]
    [InlineData("http://2130706433:80/cb/", false)]
    [InlineData("http://0x7f.1:80/cb/", false)]
    [InlineData("http://127.1:80/cb/", false)]
    [InlineData("http://[::ffff:127.0.0.1]:80/cb/", false)]
    [InlineData("http://localhost:80/cb/", false)]
    [InlineData(" http://127.0.0.1:80/cb/", false)]
    [InlineData("http://127.0.0.1:80/cb/\r\n", false)]
    [InlineData("http://127.0.0.1:８０/cb/", false)]
    public void A_wildcard_stands_for_a_port_and_for_nothing_else(string asked, bool matches) =>
        Assert.Equal(matches ? RedirectPlatform.Desktop : null, RedirectMatch.Find([new RegisteredRedirect { Platform = RedirectPlatform.Desktop, Uri = "http://127.0.0.1:*/cb/" }], asked));

    [Theory]
    [InlineData("https://app.example/cb", true)]
    [InlineData("https://app.example/cb/", false)]
    [InlineData("https://app.example:443/cb", false)]
    [InlineData("https://APP.example/cb", false)]
    [InlineData("https://app.example./cb", false)]
    [InlineData("https://x.app.example/cb", false)]
    [InlineData("https://evil-app.example/cb", false)]
    [InlineData("https://аpp.example/cb", false)]
    [InlineData("//app.example/cb", false)]
    public void A_web_address_is_compared_letter_by_letter(string asked, bool matches) =>
        Assert.Equal(matches ? RedirectPlatform.Web : null, RedirectMatch.Find([new RegisteredRedirect { Platform = RedirectPlatform.Web, Uri = "https://app.example/cb" }], asked));
}
