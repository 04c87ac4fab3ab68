using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Holdfast.TikTok;
using Holdfast.TikTok.OAuth;

namespace Holdfast.Specs.TikTok;

/// <summary>What a hostile or broken server can do to a call: nothing but make its outcome unknown (attack case 103).</summary>
public sealed class WireSpecs
{
    [Fact, Trait("case", "103")]
    public async Task A_body_without_end_is_given_up_after_64_kilobytes()
    {
        var flood = new ZeroStream(10_000_000_000);
        using var http = TikTokHttp.CreateClient(new StubHandler(() => new(HttpStatusCode.OK) { Content = new StreamContent(flood) }));
        Assert.Equal(UnknownReason.TooLarge, await RenewAsync(http));
        Assert.InRange(flood.Taken, 1, 200_000);
    }

    [Fact, Trait("case", "103")]
    public async Task A_silent_server_is_given_up_at_the_deadline()
    {
        using var http = TikTokHttp.CreateClient(new StubHandler(async (_, ended) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TestClock.System, ended);
            throw new UnreachableException();
        }));
        Assert.Equal(UnknownReason.TimedOut, await RenewAsync(http, new() { Token = TimeSpan.FromMilliseconds(50) }));
    }

    [Theory]
    [InlineData(HttpRequestError.ResponseEnded, UnknownReason.Network)]
    [InlineData(HttpRequestError.Unknown, UnknownReason.Network)]
    [InlineData(HttpRequestError.ConnectionError, UnknownReason.Unreachable)]
    [InlineData(HttpRequestError.NameResolutionError, UnknownReason.Unreachable)]
    [InlineData(HttpRequestError.SecureConnectionError, UnknownReason.Unreachable)]
    public async Task A_broken_connection_is_no_refusal_and_says_whether_the_call_can_have_arrived(HttpRequestError error, UnknownReason reason)
    {
        using var http = TikTokHttp.CreateClient(new StubHandler((_, _) => throw new HttpRequestException(error)));
        Assert.Equal(reason, await RenewAsync(http));
    }

    [Theory]
    [InlineData(503, "<html>maintenance</html>", "header-1")]
    [InlineData(429, "", "header-1")]
    [InlineData(200, "<html>captive portal</html>", "header-1")]
    [InlineData(503, """{"error":"busy","log_id":"body-1"}""", "body-1")]
    public async Task The_id_of_a_failed_call_is_read_from_the_header_where_the_body_holds_none(int status, string body, string logId)
    {
        using var http = TikTokHttp.CreateClient(new StubHandler(() => new((HttpStatusCode)status) { Content = new StringContent(body), Headers = { { "X-Tt-Logid", "header-1" } } }));

        Assert.Equal(logId, Assert.IsType<TokenOutcome.Unknown>(await Tokens(http).RefreshAsync(App, new("rft.1"), CancellationToken.None)).Answer.LogId);
        var info = await new TikTokClient(TikTokEndpoints.At(new("http://127.0.0.1:1")), http, TestClock.System).Display.UserInfoAsync(new("act.1"), ["open_id"], CancellationToken.None);
        Assert.Equal(logId, Assert.IsType<ApiOutcome<Holdfast.TikTok.Display.UserInfo>.Unknown>(info).Answer.LogId);
    }

    [Fact]
    public async Task The_callers_own_cancellation_is_an_exception()
    {
        using var http = TikTokHttp.CreateClient(new StubHandler(() => new(HttpStatusCode.OK)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Tokens(http).RefreshAsync(App, new("rft.1"), new CancellationToken(canceled: true)));
    }

    [Theory, Trait("case", "103")]
    [InlineData("302 Found")]
    [InlineData("307 Temporary Redirect")]
    [InlineData("308 Permanent Redirect")]
    public async Task A_redirect_is_not_followed_with_the_secret(string status)
    {
        using var elsewhere = new TcpListener(IPAddress.Loopback, 0);
        elsewhere.Start();
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var answering = AnswerAsync(server, $"HTTP/1.1 {status}\r\nLocation: http://127.0.0.1:{((IPEndPoint)elsewhere.LocalEndpoint).Port}/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

        using var http = TikTokHttp.CreateClient(TikTokHttp.CreateHandler());
        var client = new TikTokClient(TikTokEndpoints.At(new($"http://127.0.0.1:{((IPEndPoint)server.LocalEndpoint).Port}")), http, TestClock.System);
        var outcome = await client.Tokens.RefreshAsync(App, new("rft.1"), TestContext.Current.CancellationToken);

        Assert.Equal(UnknownReason.Redirected, Assert.IsType<TokenOutcome.Unknown>(outcome).Answer.Reason);
        await answering;
        Assert.False(elsewhere.Pending(), "Nobody may have called the other server.");
    }

    [Fact]
    public async Task A_span_tells_endpoint_outcome_and_log_id_and_no_secret()
    {
        List<Activity> spans = [];
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Holdfast.TikTok",
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                lock (spans)
                {
                    spans.Add(span);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var http = TikTokHttp.CreateClient(new StubHandler(400, """{"error":"invalid_grant","log_id":"span-log-id"}"""));
        await Tokens(http).RefreshAsync(new("key", new("tell-nobody")), new("rft.tell-nobody"), TestContext.Current.CancellationToken);

        Activity[] seen;
        lock (spans)
        {
            seen = [.. spans];
        }

        var mine = Assert.Single(seen, span => span.GetTagItem("tiktok.log_id") is "span-log-id");
        Assert.Equal(("/v2/oauth/token/", "400"), (mine.OperationName, mine.GetTagItem("tiktok.outcome")));
        Assert.DoesNotContain("nobody", string.Join(' ', mine.TagObjects), StringComparison.Ordinal);
    }

    private static ClientCredentials App => new("key", new("secret"));

    private static TokenEndpoint Tokens(HttpClient http, TikTokDeadlines? deadlines = null) =>
        new TikTokClient(TikTokEndpoints.Default, http, TestClock.System, deadlines).Tokens;

    private static async Task<UnknownReason> RenewAsync(HttpClient http, TikTokDeadlines? deadlines = null) => Assert.IsType<TokenOutcome.Unknown>(
        await Tokens(http, deadlines).RefreshAsync(App, new("rft.1"), TestContext.Current.CancellationToken)).Answer.Reason;

    private static async Task AnswerAsync(TcpListener server, string answer)
    {
        using var socket = await server.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await using var stream = socket.GetStream();
        var buffer = new byte[8192];
        _ = await stream.ReadAsync(buffer, TestContext.Current.CancellationToken);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), TestContext.Current.CancellationToken);
    }
}
