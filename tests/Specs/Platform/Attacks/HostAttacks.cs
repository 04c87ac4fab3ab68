using System.Net;
using Holdfast.People.Sessions;
using Holdfast.Shell.Hosting;
using Holdfast.Specs.Platform.Authorize;

namespace Holdfast.Specs.Platform.Attacks;

/// <summary>Names and addresses that a request only claims to have: foreign hosts, and proxies that are none.</summary>
public sealed class HostAttacks
{
    [Theory]
    [InlineData("/login", "evil.example", 400)]
    [InlineData("/", "evil.example:7500", 400)]
    [InlineData("/qr", "www.tiktok.com", 400)]
    [InlineData("/login", "localhost", 200)]
    [InlineData("/login", "127.0.0.1:1234", 200)]
    [InlineData("/v2/auth/authorize/", "www.tiktok.com", 302)]
    [InlineData("/v2/user/info/", "open.tiktokapis.com", 401)]
    [InlineData("/v2/oauth/token/", "open.tiktokapis.com", 405)]
    [InlineData("/v2/nothing/", "open.tiktokapis.com", 404)]
    [InlineData("/open_api/v1.3/nothing/", "business-api.tiktok.com", 404)]
    public async Task A_page_answers_to_our_own_names_only_and_the_protocol_to_any(string path, string host, int status)
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = host } };

        using var answer = await platform.Http.SendAsync(request);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains("nosniff", answer.Headers.GetValues("X-Content-Type-Options"));
    }

    [Fact]
    public async Task Behind_a_proxy_off_this_machine_every_name_is_the_proxys_business()
    {
        await using var platform = await PlatformUnderTest.StartAsync(url: "https://platform.example.test");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/login") { Headers = { Host = "platform.example.test" } };

        using var answer = await platform.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData(null, "203.0.113.9", "127.0.0.1")]
    [InlineData("10.0.0.2", "203.0.113.9", "127.0.0.1")]
    [InlineData("127.0.0.1", "203.0.113.9", "203.0.113.9")]
    [InlineData("127.0.0.0/8, ::1", "203.0.113.9", "203.0.113.9")]
    [InlineData("127.0.0.1", "198.51.100.7, 203.0.113.9", "203.0.113.9")]
    [InlineData("127.0.0.1,192.0.2.0/24", "198.51.100.7, 203.0.113.9, 192.0.2.5", "203.0.113.9")]
    [InlineData(" , ", "203.0.113.9", "127.0.0.1")]
    public async Task A_forwarded_address_is_believed_only_from_a_trusted_proxy_and_only_as_far_as_proxies_wrote_it(string? trusted, string forwarded, string seen)
    {
        await using var platform = await PlatformUnderTest.StartAsync(configure: builder => builder.Configuration["TrustedProxies"] = trusted);
        var ada = await platform.PersonAsync("ada");
        using var browser = platform.Visitor();
        browser.Headers.Add("X-Forwarded-For", forwarded);
        browser.Headers.Add("X-Forwarded-Proto", "https");
        browser.Headers.Add("X-Forwarded-Host", "evil.example");

        Assert.Equal("/", (await browser.LogInAsync("ada")).Location);

        Assert.Equal(seen, (await platform.Service<SessionStore>().ListAsync(ada.Id))[0].Address);
    }

    [Fact]
    public async Task Case_81_through_a_trusted_proxy_one_guesser_makes_nobody_else_wait()
    {
        await using var platform = await PlatformUnderTest.StartAsync(configure: builder => builder.Configuration["TrustedProxies"] = "127.0.0.1");
        using var guesser = platform.Visitor();
        guesser.Headers.Add("X-Forwarded-For", "203.0.113.9");
        for (var i = 0; i < 21; i++)
            await guesser.LogInAsync($"somebody{i}", "not this one");
        Assert.Equal(429, (await guesser.LogInAsync("somebody", "not this one")).Status);
        await platform.PersonAsync("ada");
        using var browser = platform.Visitor();
        browser.Headers.Add("X-Forwarded-For", "198.51.100.7");

        Assert.Equal(303, (await browser.LogInAsync("ada")).Status);
    }

    [Fact]
    public async Task A_trusted_proxy_that_is_no_address_stops_the_start_with_a_sentence()
    {
        var failed = await Assert.ThrowsAsync<StartupException>(() => PlatformUnderTest.StartAsync(configure: builder => builder.Configuration["TrustedProxies"] = "10.0.0.2,proxy.example"));

        Assert.Contains("HOLDFAST_TrustedProxies", failed.Message, StringComparison.Ordinal);
        Assert.Contains("\"proxy.example\"", failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/v2/nothing/here/", 404)]
    [InlineData("POST", "/v2/", 404)]
    [InlineData("GET", "/v2/video/list/", 405)]
    [InlineData("DELETE", "/v2/user/info/", 405)]
    [InlineData("POST", "/v2/nothing", 403)] // with the cookies of another site's page
    public async Task Below_v2_what_is_not_there_answers_in_tiktoks_envelope(string method, string path, int status)
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (status == 403)
            request.Headers.Add("Origin", "https://evil.example");

        using var answer = await platform.Http.SendAsync(request);

        Assert.Equal((status, "application/json"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        var error = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("error");
        Assert.Equal("invalid_params", error.GetProperty("code").GetString());
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
        Assert.Equal(34, error.GetProperty("log_id").GetString()!.Length);
        Assert.Equal(status == 405, answer.Content.Headers.Allow.Count > 0);
    }

    [Theory]
    [InlineData("GET", "/v2/oauth/nothing/", 404)]
    [InlineData("POST", "/v2/oauth", 404)]
    public async Task Below_v2_oauth_it_answers_in_the_flat_shape(string method, string path, int status)
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var answer = await platform.Http.SendAsync(request);
        var reply = new TokenReply((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());

        Assert.Equal((status, "invalid_request", 34), (reply.Status, reply.Error, reply.Text("log_id").Length));
    }

    [Fact]
    public async Task The_authorization_page_keeps_its_pages_for_people()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Put, "/v2/auth/authorize/");

        using var answer = await platform.Http.SendAsync(request);

        Assert.Equal((405, "text/html"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }
}
