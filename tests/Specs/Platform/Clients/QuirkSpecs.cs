using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Holdfast.Platform.Authorize;
using Holdfast.Platform.Developers;
using Holdfast.Specs.Platform.Authorize;
using Holdfast.Specs.Platform.Posting;

namespace Holdfast.Specs.Platform.Clients;

/// <summary>What clients in use send although TikTok's pages say otherwise (tiktok-v2 §9), each by itself, over HTTP, at an app of the platform Web.</summary>
public sealed class QuirkSpecs
{
    private const string Verifier = PlatformUnderTest.Verifier;

    private static string Base64UrlChallenge => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    [Fact]
    public async Task Base64url_PKCE_on_Web_as_arctic_and_Auth_js_send_it()
    {
        await using var web = await WebApp.OpenAsync();

        var code = (await web.ConsentAsync(("code_challenge", Base64UrlChallenge), ("code_challenge_method", "S256"))).Query["code"];

        Assert.Equal("invalid_request", (await web.RedeemAsync(code, ("code_verifier", Verifier[1..]))).Error);
        Assert.True((await web.RedeemAsync(code, ("code_verifier", Verifier))).IsGranted);
    }

    [Fact]
    public async Task A_verifier_without_a_challenge_as_Postiz_and_better_auth_send_it()
    {
        await using var web = await WebApp.OpenAsync();

        Assert.True((await web.RedeemAsync((await web.ConsentAsync()).Query["code"], ("code_verifier", Verifier))).IsGranted);
    }

    [Fact]
    public async Task A_verifier_of_six_letters_that_stands_in_the_authorization_URL_too_as_nuxt_auth_utils_sends_it()
    {
        await using var web = await WebApp.OpenAsync();
        var challenge = Convert.ToHexStringLower(SHA256.HashData("verify"u8));

        var code = (await web.ConsentAsync(("code_verifier", "verify"), ("code_challenge", challenge), ("code_challenge_method", "S256"))).Query["code"];

        Assert.True((await web.RedeemAsync(code, ("code_verifier", "verify"))).IsGranted);
    }

    [Fact]
    public async Task No_state_as_passport_tiktok_auth_sends_it_brings_no_state_back()
    {
        await using var web = await WebApp.OpenAsync();

        Assert.Equal(["code", "scopes"], (await web.ConsentAsync(("state", null))).Query.Keys.Order());
    }

    [Fact]
    public async Task A_client_id_beside_the_client_key_as_Auth_js_and_passport_send_it()
    {
        await using var web = await WebApp.OpenAsync();

        var tokens = await web.RedeemAsync((await web.ConsentAsync(("client_id", web.App.ClientKey))).Query["code"], ("client_id", web.App.ClientKey));

        Assert.True(tokens.IsGranted);
        Assert.True((await web.Platform.TokenAsync(("client_id", "another"), ("client_key", web.App.ClientKey), ("client_secret", web.App.ClientSecret), ("grant_type", "refresh_token"), ("refresh_token", tokens.Refresh))).IsGranted);
    }

    [Fact]
    public async Task No_slash_at_the_end_of_any_address()
    {
        await using var web = await WebApp.OpenAsync();

        var done = await web.AnswerAsync(web.Request().Replace("/authorize/?", "/authorize?", StringComparison.Ordinal));
        var tokens = await web.Platform.PostAsync("/v2/oauth/token", web.Exchange(done.Query["code"]));

        Assert.True(tokens.IsGranted);
        Assert.Equal(200, await web.StatusAsync(HttpMethod.Get, "/v2/user/info?fields=open_id", tokens));
        Assert.Equal(200, await web.StatusAsync(HttpMethod.Post, "/v2/video/list?fields=id", tokens));
        Assert.Equal(200, await web.StatusAsync(HttpMethod.Post, "/v2/post/publish/creator_info/query", tokens));
        Assert.Equal(200, (await web.Platform.PostAsync("/v2/oauth/revoke", ("client_key", web.App.ClientKey), ("client_secret", web.App.ClientSecret), ("token", tokens.Access))).Status);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded;charset=UTF-8")] // fetch with URLSearchParams
    [InlineData("application/x-www-form-urlencoded; charset=utf-8")]
    public async Task A_charset_behind_the_forms_media_type(string type)
    {
        await using var web = await WebApp.OpenAsync();
        var form = new FormUrlEncodedContent(web.Exchange((await web.ConsentAsync()).Query["code"]).Select(field => KeyValuePair.Create(field.Name, field.Value!)));
        form.Headers.Remove("Content-Type");
        form.Headers.TryAddWithoutValidation("Content-Type", type);

        using var answer = await web.Platform.Http.PostAsync("/v2/oauth/token/", form);

        Assert.True(new TokenReply((int)answer.StatusCode, await answer.Content.ReadAsStringAsync()).IsGranted);
    }

    [Theory]
    [InlineData("application/json; charset=UTF-8")]
    [InlineData("application/json")]
    [InlineData(null)]
    public async Task Creator_info_asked_with_a_JSON_media_type_and_no_body(string? type)
    {
        await using var web = await WebApp.OpenAsync();
        var tokens = await web.RedeemAsync((await web.ConsentAsync()).Query["code"]);

        Assert.Equal(200, await web.StatusAsync(HttpMethod.Post, "/v2/post/publish/creator_info/query/", tokens, type));
    }

    [Fact]
    public async Task A_field_that_TikTok_does_not_have_as_passport_tiktok_auth_asks_for_it()
    {
        await using var web = await WebApp.OpenAsync();
        var tokens = await web.RedeemAsync((await web.ConsentAsync()).Query["code"]);

        Assert.Equal(200, await web.StatusAsync(HttpMethod.Get, "/v2/user/info/?fields=open_id,avatar_url_100,avatar_url_200,avatar_large_url", tokens));
    }

    [Fact]
    public async Task Parameters_of_TikToks_own_SDKs_and_of_nobody_we_know()
    {
        await using var web = await WebApp.OpenAsync();

        var done = await web.ConsentAsync(("sdk_name", "tiktok_sdk_auth"), ("device_platform", "android"), ("lang", "de"), ("nonce", "n"), ("prompt", "consent"), ("access_type", "offline"));

        Assert.True((await web.RedeemAsync(done.Query["code"], ("resource", "https://open.tiktokapis.com/"), ("audience", "x"))).IsGranted);
    }

    [Theory]
    [InlineData(false)] // as .NET and PHP write the form
    [InlineData(true)] // as URLSearchParams and Java do, which leave the star alone
    public async Task The_codes_star_written_as_it_is_or_as_percent_2A(bool bare)
    {
        await using var web = await WebApp.OpenAsync();
        var code = (await web.ConsentAsync()).Query["code"];
        Assert.Contains("*0!", code, StringComparison.Ordinal);
        var form = string.Join('&', web.Exchange(code).Select(field => $"{field.Name}={Uri.EscapeDataString(field.Value!)}"));
        using var content = new StringContent(bare ? form.Replace("%2A", "*", StringComparison.Ordinal) : form, Encoding.ASCII, "application/x-www-form-urlencoded");
        content.Headers.ContentType!.CharSet = null;

        using var answer = await web.Platform.Http.PostAsync("/v2/oauth/token/", content);

        Assert.True(new TokenReply((int)answer.StatusCode, await answer.Content.ReadAsStringAsync()).IsGranted);
    }

    /// <summary>An app with a Web redirect URI, and a creator in front of a browser.</summary>
    private sealed class WebApp : IAsyncDisposable
    {
        private WebApp(PlatformUnderTest platform, RegisteredApp app) => (Platform, App, Browser) = (platform, app, platform.Visitor());

        public PlatformUnderTest Platform { get; }
        public RegisteredApp App { get; }
        private Visitor Browser { get; }

        public static async Task<WebApp> OpenAsync()
        {
            var platform = await PlatformUnderTest.StartAsync();
            var web = new WebApp(platform, await platform.AppAsync(redirect: NodeClient.Redirect, platform: RedirectPlatform.Web));
            await ConnectedApp.CreatorAsync(platform, "ada");
            await web.Browser.LogInAsync("ada");
            return web;
        }

        /// <summary>A request without PKCE, as Web has it; given parameters replace its own or come along, <c>null</c> leaves one out.</summary>
        public string Request(params (string Name, string? Value)[] changes) =>
            AuthorizePages.Request(App, [.. new (string Name, string? Value)[] { ("redirect_uri", NodeClient.Redirect), ("code_challenge", null), ("code_challenge_method", null) }.Where(own => changes.All(change => change.Name != own.Name)), .. changes]);

        public Task<Visit> ConsentAsync(params (string Name, string? Value)[] changes) => AnswerAsync(Request(changes));

        public async Task<Visit> AnswerAsync(string request) => await Browser.SubmitAsync(await Browser.OpenAsync(request), AuthorizePages.Answer, ("decision", "authorize"));

        public (string Name, string? Value)[] Exchange(string code) =>
            [("client_key", App.ClientKey), ("client_secret", App.ClientSecret), ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", NodeClient.Redirect)];

        public Task<TokenReply> RedeemAsync(string code, params (string Name, string? Value)[] more) => Platform.TokenAsync([.. Exchange(code), .. more]);

        /// <summary>A call without a body.</summary>
        public async Task<int> StatusAsync(HttpMethod method, string path, TokenReply tokens, string? type = null)
        {
            using var request = new HttpRequestMessage(method, path) { Content = type is null ? null : new ByteArrayContent([]) };
            request.Content?.Headers.TryAddWithoutValidation("Content-Type", type);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens.Access);
            using var answer = await Platform.Http.SendAsync(request);
            return (int)answer.StatusCode;
        }

        public async ValueTask DisposeAsync()
        {
            Browser.Dispose();
            await Platform.DisposeAsync();
        }
    }
}
