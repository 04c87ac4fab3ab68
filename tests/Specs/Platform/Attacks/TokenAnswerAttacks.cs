using System.Text;
using System.Text.Json;
using Holdfast.Platform.Api;

namespace Holdfast.Specs.Platform.Attacks;

/// <summary>B2, cases 50–55: what the token endpoint answers, and requests that try its patience.</summary>
public sealed class TokenAnswerAttacks
{
    private static readonly string[] TikToksErrors =
    [
        "access_denied", "invalid_client", "invalid_grant", "invalid_request", "invalid_scope", "unauthorized_client", "unsupported_grant_type", "unsupported_response_type", "server_error", "temporarily_unavailable",
    ];

    [Fact]
    public async Task Case_50_answers_with_tokens_are_not_kept_guessed_or_read_by_other_origins()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        var grant = await platform.GrantAsync(app, ada);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v2/oauth/token/?callback=alert")
        {
            Content = new FormUrlEncodedContent([new("client_key", app.ClientKey), new("client_secret", app.ClientSecret), new("grant_type", "refresh_token"), new("refresh_token", grant.Refresh)]),
        };
        request.Headers.Add("Origin", "https://evil.example");

        using var answer = await platform.Http.SendAsync(request);
        var body = await answer.Content.ReadAsStringAsync();

        Assert.Equal((200, "application/json", "no-cache", "nosniff"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, answer.Headers.Pragma.ToString(), string.Concat(answer.Headers.GetValues("X-Content-Type-Options"))));
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.StartsWith("{", body, StringComparison.Ordinal);
        Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Case_51_every_refusal_has_three_members_and_tells_nothing_of_what_was_sent()
    {
        const string mark = "<b>'; drop table app; --/etc/passwd";
        await using var platform = await PlatformUnderTest.StartAsync(tokens: tokens => tokens.DeadCodesPerMinute = 2);
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        (string, string?) key = ("client_key", app.ClientKey), secret = ("client_secret", app.ClientSecret), code = ("grant_type", "authorization_code"), refresh = ("grant_type", "refresh_token");
        var answers = new List<TokenReply>
        {
            await platform.TokenAsync(), await platform.TokenAsync(("client_key", mark)), await platform.TokenAsync(key), await platform.TokenAsync(key, ("client_secret", mark), refresh, ("refresh_token", mark)),
            await platform.TokenAsync(key, secret), await platform.TokenAsync(key, secret, ("grant_type", mark)), await platform.TokenAsync(key, secret, code), await platform.TokenAsync(key, secret, code, ("code", mark)),
            await platform.TokenAsync(key, secret, refresh), await platform.TokenAsync(key, secret, refresh, ("refresh_token", mark)), await platform.TokenAsync(key, secret, refresh, ("refresh_token", "\0")),
            await platform.RedeemAsync(app, await platform.CodeAsync(app, ada), mark), await platform.RedeemAsync(app, await platform.CodeAsync(app, ada), redirect: mark), await platform.RedeemAsync(app, mark), await platform.RedeemAsync(app, mark),
            await platform.PostAsync("/v2/oauth/revoke/", key, ("client_secret", mark), ("token", mark)), await platform.PostAsync("/v2/oauth/revoke/", key, secret), await platform.PostAsync($"/v2/oauth/token/?code={Uri.EscapeDataString(mark)}", key, secret),
        };

        Assert.All(answers, answer =>
        {
            Assert.InRange(answer.Status, 400, 499);
            Assert.Equal(["error", "error_description", "log_id"], JsonDocument.Parse(answer.Body).RootElement.EnumerateObject().Select(member => member.Name));
            Assert.Contains(answer.Error, TikToksErrors);
            Assert.DoesNotMatch("<b>|drop table|etc/passwd|select |   at |Exception|Npgsql|SQLite", answer.Body);
            Assert.Matches("^[A-Z][A-Za-z_ ]+\\.( [A-Z][a-z ]+\\.)?$", answer.Text("error_description"));
        });
    }

    // The portal shows log ids only with the request log of its own issue; there is nothing to look one up with today.
    [Fact]
    public void Case_52_log_ids_never_repeat()
    {
        var ids = new LogIds(new TestClock(DateTimeOffset.UnixEpoch), new Holdfast.Storage.SystemSecrets());
        var count = Volume.Of(10_000, 1_000_000);

        Assert.Equal(count, Enumerable.Range(0, count).Select(_ => ids.Next()).Distinct().Count());
    }

    [Fact]
    public async Task Case_53_huge_forms_are_refused_before_they_are_read()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var server = platform.Http.BaseAddress!;
        string Post(string headers) => $"POST /v2/oauth/token/ HTTP/1.1\r\nHost: {server.Authority}\r\nContent-Type: application/x-www-form-urlencoded\r\n{headers}\r\n\r\n";
        var before = GC.GetTotalMemory(forceFullCollection: true);

        // 100 MB are announced; the answer comes before any of them.
        Assert.Equal(413, (await RawRequest.SendAsync(server, Post("Content-Length: 104857600"))).Status);
        Assert.Equal(413, (await RawRequest.SendAsync(server, Post("Transfer-Encoding: chunked") + "20000\r\n", Encoding.ASCII.GetBytes(new string('a', 0x20000) + "\r\n0\r\n\r\n"))).Status);
        foreach (var (body, status) in new[]
        {
            (string.Concat(Enumerable.Range(0, Volume.Of(5_000, 100_000)).Select(i => $"f{i}=&")), Volume.Of(400, 413)),
            (new string('n', 1_000_000) + "=1", 413),
            // As many as stay below 64 KB: more are too large before anybody looks at a name.
            (string.Join('&', Colliding(2_000).Select(name => name + "=1")), 400),
        })
        {
            var answer = await RawRequest.SendAsync(server, Post($"Connection: close\r\nContent-Length: {body.Length}") + body);
            Assert.Equal(status, answer.Status);
            Assert.Contains("\"error\":\"invalid_request\"", answer.Text, StringComparison.Ordinal);
        }
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 64_000_000);
    }

    // Kestrel drops whoever sends fewer than 240 bytes a second; here after one second instead of five.
    [Fact]
    public async Task Case_53_a_body_that_drips_in_is_given_up()
    {
        await using var platform = await PlatformUnderTest.StartAsync(configure: builder => builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MinRequestBodyDataRate = new(240, TimeSpan.FromSeconds(1.1))));
        var server = platform.Http.BaseAddress!;

        var answer = await RawRequest.SendAsync(server, $"POST /v2/oauth/token/ HTTP/1.1\r\nHost: {server.Authority}\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n");

        Assert.Equal((408, true), (answer.Status, answer.IsClosed));
        Assert.Contains("\"error\":\"invalid_request\"", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case_54_a_packed_body_is_refused_and_never_unpacked()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var server = platform.Http.BaseAddress!;
        foreach (var (path, encoding) in new[] { ("/v2/oauth/token/", "gzip"), ("/v2/oauth/revoke/", "deflate"), ("/v2/video/list/", "gzip"), ("/login", "br") })
        {
            var answer = await RawRequest.SendAsync(server, $"POST {path} HTTP/1.1\r\nHost: {server.Authority}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Encoding: {encoding}\r\nConnection: close\r\nContent-Length: 3\r\n\r\nabc");
            Assert.Equal((path, 415, true), (path, answer.Status, answer.IsClosed));
        }
    }

    [Fact]
    public async Task Case_55_what_two_servers_could_read_as_two_requests_is_refused_and_hung_up_on()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var server = platform.Http.BaseAddress!;
        foreach (var (what, rest) in new[]
        {
            ("two lengths", "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG"),
            ("two lengths, the other way round", "Transfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\n0\r\n\r\nG"),
            ("a length twice", "Content-Length: 6\r\nContent-Length: 5\r\n\r\nabcdef"),
            ("a coding nobody knows", "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
            ("a coding after chunked", "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"),
            ("a folded header", "X-A: b\r\n c\r\nContent-Length: 0\r\n\r\n"),
            ("a space before the colon", "Content-Length : 0\r\n\r\n"),
            ("a bare line feed", "X-A: b\nContent-Length: 0\r\n\r\n"),
            ("a bare carriage return", "X-A: b\rTransfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n"),
        })
        {
            var answer = await RawRequest.SendAsync(server, $"POST /v2/oauth/token/ HTTP/1.1\r\nHost: {server.Authority}\r\nContent-Type: application/x-www-form-urlencoded\r\n{rest}GET /health/live HTTP/1.1\r\nHost: {server.Authority}\r\n\r\n");
            Assert.True(answer is { Status: 400, IsClosed: true, Answers: 1 }, $"{what}: {answer.Text}");
        }
    }

    // Names made of "aa" and "bB", which many string hashes cannot tell apart.
    private static IEnumerable<string> Colliding(int count) => Enumerable.Range(0, count).Select(i => string.Concat(Enumerable.Range(0, 12).Select(bit => (i >> bit & 1) == 0 ? "Aa" : "BB")));
}
