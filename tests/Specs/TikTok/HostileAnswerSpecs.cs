using System.Net;
using System.Net.Sockets;
using System.Text;
using Holdfast.TikTok;
using Holdfast.TikTok.Display;
using Holdfast.TikTok.OAuth;
using Holdfast.TikTok.Webhooks;

namespace Holdfast.Specs.TikTok;

/// <summary>Answers made to hurt whoever reads them (attack case 103): each is an outcome, none an exception, and nothing in them reaches a terminal.</summary>
public sealed class HostileAnswerSpecs
{
    private const string Pair = """{"access_token":"act.1","expires_in":7200,"refresh_token":"rft.2","refresh_expires_in":15552000,"open_id":"-000x","scope":"user.info.basic","token_type":"Bearer"}""";

    [Theory, Trait("case", "103")]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task A_body_that_is_not_packed_as_it_says_is_no_answer(string encoding)
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var answering = AnswerAsync(server, $"HTTP/1.1 200 OK\r\nContent-Encoding: {encoding}\r\nContent-Length: 400\r\nConnection: close\r\n\r\n{new string('<', 400)}");
        using var http = TikTokHttp.CreateClient(TikTokHttp.CreateHandler());
        var client = new TikTokClient(TikTokEndpoints.At(new($"http://127.0.0.1:{((IPEndPoint)server.LocalEndpoint).Port}")), http, TestClock.System);

        var outcome = await client.Tokens.RefreshAsync(App, new("rft.1"), Aborted);

        Assert.Equal(UnknownReason.NotJson, Assert.IsType<TokenOutcome.Unknown>(outcome).Answer.Reason);
        await answering;
    }

    [Theory, Trait("case", "103")]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""{"error":{"\ud800":1}}""")]
    [InlineData("""{"acces\ud800":1,"expires_in":7200}""")]
    public async Task A_name_that_is_no_text_is_no_answer(string body)
    {
        Assert.Equal(UnknownReason.Malformed, Assert.IsType<TokenOutcome.Unknown>(await RefreshAsync(body)).Answer.Reason);
        using var http = TikTokHttp.CreateClient(new StubHandler(200, body));
        var outcome = await Client(http).Display.UserInfoAsync(new("act.1"), ["open_id"], Aborted);
        Assert.Equal(UnknownReason.Malformed, Assert.IsType<ApiOutcome<UserInfo>.Unknown>(outcome).Answer.Reason);
    }

    [Fact, Trait("case", "103")]
    public async Task A_scope_that_is_no_name_is_left_out_and_the_tokens_are_kept()
    {
        var body = Pair.Replace("user.info.basic", "user.info.basic,\\u001b[2Jvideo.list,video upload,vid\u202eeo", StringComparison.Ordinal);
        Assert.Equal(["user.info.basic"], Assert.IsType<TokenOutcome.Granted>(await RefreshAsync(body)).Grant.Scopes);
    }

    [Fact]
    public async Task Long_words_are_cut_between_letters()
    {
        var words = new string('a', 499) + "\U0001F600" + "end";
        var error = Assert.IsType<TokenOutcome.Refused>(await RefreshAsync($$"""{"error":"invalid_grant","error_description":"{{words}}"}""")).Error;
        Assert.Equal(new string('a', 499), error.Description);
    }

    [Fact]
    public async Task Words_cannot_turn_a_line_around()
    {
        var error = Assert.IsType<TokenOutcome.Refused>(await RefreshAsync("""{"error":"invalid_grant","error_description":"a\u202eb\u2028c\u200bd"}""")).Error;
        Assert.Equal("abcd", error.Description);
    }

    [Theory]
    [InlineData("""{"message":"error","data":{"error_code":10010}}""", false)]
    [InlineData("""{"status":"maintenance"}""", false)]
    [InlineData("""{"log_id":"L1"}""", true)]
    [InlineData("""{"error":"","error_description":"","log_id":"L1"}""", true)]
    [InlineData("""{"data":{},"error":{"code":"ok","message":"","log_id":"L1"}}""", true)]
    public async Task Access_is_given_up_only_by_an_answer_that_says_nothing_else(string body, bool isRevoked)
    {
        using var http = TikTokHttp.CreateClient(new StubHandler(200, body));
        var outcome = await Client(http).Tokens.RevokeAsync(App, new("act.1"), Aborted);
        Assert.Equal(isRevoked, outcome is RevokeOutcome.Revoked);
        Assert.True(isRevoked || outcome is RevokeOutcome.Unknown { Answer.Reason: UnknownReason.Malformed });
    }

    [Fact]
    public async Task A_page_that_promises_more_without_saying_where_is_the_last()
    {
        using var http = TikTokHttp.CreateClient(new StubHandler(200, """{"data":{"videos":[],"has_more":true},"error":{"code":"ok"}}"""));
        var page = await Client(http).Display.VideosAsync(new("act.1"), ["id"], null, 20, Aborted);
        Assert.False(Assert.IsType<ApiOutcome<VideoPage>.Ok>(page).Value.HasMore);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no json")]
    public void A_removal_without_a_reason_is_a_removal(string content) =>
        Assert.Equal(new WebhookContent.AuthorizationRemoved(RemovalReason.Unknown), WebhookContent.Read("authorization.removed", content));

    private static CancellationToken Aborted => TestContext.Current.CancellationToken;
    private static ClientCredentials App => new("key", new("secret"));
    private static TikTokClient Client(HttpClient http) => new(TikTokEndpoints.Default, http, TestClock.System);

    private static async Task<TokenOutcome> RefreshAsync(string body)
    {
        using var http = TikTokHttp.CreateClient(new StubHandler(200, body));
        return await Client(http).Tokens.RefreshAsync(App, new("rft.1"), Aborted);
    }

    private static async Task AnswerAsync(TcpListener server, string answer)
    {
        using var socket = await server.AcceptTcpClientAsync(Aborted);
        await using var stream = socket.GetStream();
        _ = await stream.ReadAsync(new byte[8192], Aborted);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), Aborted);
    }
}
