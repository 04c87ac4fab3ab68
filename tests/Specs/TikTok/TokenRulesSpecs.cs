using Holdfast.TikTok;
using Holdfast.TikTok.OAuth;

namespace Holdfast.Specs.TikTok;

/// <summary>What an answer of the token endpoint means (tiktok-v2 §2.6, §10.3; attack case 103).</summary>
public sealed class TokenRulesSpecs
{
    private const string Pair = """{"access_token":"act.1","expires_in":7200,"refresh_token":"rft.2","refresh_expires_in":15552000,"open_id":"-000x","scope":"user.info.basic","token_type":"Bearer"}""";

    [Theory]
    [InlineData("invalid_grant", 400, typeof(TokenOutcome.Refused))]
    [InlineData("invalid_grant", 200, typeof(TokenOutcome.Refused))]
    [InlineData("invalid_client", 401, typeof(TokenOutcome.AppProblem))]
    [InlineData("invalid_client", 200, typeof(TokenOutcome.AppProblem))]
    [InlineData("unauthorized_client", 400, typeof(TokenOutcome.AppProblem))]
    [InlineData("unsupported_grant_type", 400, typeof(TokenOutcome.AppProblem))]
    [InlineData("unsupported_response_type", 400, typeof(TokenOutcome.AppProblem))]
    [InlineData("invalid_scope", 400, typeof(TokenOutcome.AppProblem))]
    [InlineData("invalid_request", 400, typeof(TokenOutcome.AppProblem))]
    [InlineData("server_error", 400, typeof(TokenOutcome.Unknown))]
    [InlineData("temporarily_unavailable", 200, typeof(TokenOutcome.Unknown))]
    [InlineData("access_denied", 400, typeof(TokenOutcome.Unknown))]
    [InlineData("something_new", 400, typeof(TokenOutcome.Unknown))]
    [InlineData("invalid_grant", 500, typeof(TokenOutcome.Unknown))]
    [InlineData("invalid_grant", 503, typeof(TokenOutcome.Unknown))]
    [InlineData("invalid_grant", 429, typeof(TokenOutcome.Unknown))]
    public async Task An_error_of_a_renewal_is_judged_by_its_word_unless_the_server_is_unwell(string error, int http, Type expected) =>
        Assert.IsType(expected, await RefreshAsync(http, $$"""{"error":"{{error}}","error_description":"No.","log_id":"L1"}"""));

    [Fact]
    public async Task A_person_who_says_no_at_the_exchange_is_a_refusal()
    {
        using var http = TikTokHttp.CreateClient(new StubHandler(400, """{"error":"access_denied"}"""));
        Assert.IsType<TokenOutcome.Refused>(await Client(http).ExchangeAsync(App, new("c"), "http://localhost/callback/", null, Aborted));
    }

    [Theory, Trait("case", "103")]
    [InlineData(200, "<html>captive portal</html>", UnknownReason.NotJson)]
    [InlineData(403, "<html>blocked</html>", UnknownReason.NotJson)]
    [InlineData(200, "", UnknownReason.NotJson)]
    [InlineData(200, "[]", UnknownReason.NotJson)]
    [InlineData(200, "null", UnknownReason.NotJson)]
    [InlineData(200, "{}", UnknownReason.Malformed)]
    [InlineData(400, "{}", UnknownReason.Malformed)]
    [InlineData(401, """{"message":"error","data":{"error_code":10010}}""", UnknownReason.Malformed)]
    [InlineData(502, "Bad gateway", UnknownReason.ServerError)]
    [InlineData(429, "slow down", UnknownReason.RateLimited)]
    [InlineData(302, "", UnknownReason.Redirected)]
    [InlineData(307, "", UnknownReason.Redirected)]
    public async Task An_answer_that_is_none_loses_nothing(int http, string body, UnknownReason expected) =>
        Assert.Equal(expected, Assert.IsType<TokenOutcome.Unknown>(await RefreshAsync(http, body)).Answer.Reason);

    [Theory, Trait("case", "103")]
    [InlineData("\"expires_in\":7200", "\"expires_in\":-1")]
    [InlineData("\"expires_in\":7200", "\"expires_in\":0")]
    [InlineData("\"expires_in\":7200", "\"expires_in\":1e400")]
    [InlineData("\"expires_in\":7200", "\"expires_in\":9223372036854775807")]
    [InlineData("\"expires_in\":7200", "\"expires_in\":\"7200\"")]
    [InlineData("\"expires_in\":7200", "\"expires_in\":null")]
    [InlineData("\"refresh_expires_in\":15552000", "\"refresh_expires_in\":-1")]
    [InlineData("\"refresh_expires_in\":15552000", "\"refresh_expires_in\":1e400")]
    [InlineData("\"access_token\":\"act.1\",", "")]
    [InlineData("\"act.1\"", "\"\"")]
    [InlineData("\"act.1\"", "\"act.1\\r\\nX-Injected: 1\"")]
    [InlineData("\"act.1\"", "{\"a\":1}")]
    [InlineData("\"act.1\"", "\"\\ud800\"")]
    [InlineData("\"rft.2\"", "\"\"")]
    [InlineData("\"rft.2\"", "7")]
    [InlineData("\"open_id\":\"-000x\",", "")]
    [InlineData("\"scope\":\"user.info.basic\",", "")]
    [InlineData("\"Bearer\"", "\"mac\"")]
    public async Task A_pair_that_is_not_whole_is_not_believed(string whole, string broken)
    {
        var body = Pair.Replace(whole, broken, StringComparison.Ordinal);
        Assert.NotEqual(Pair, body);
        Assert.Equal(UnknownReason.Malformed, Assert.IsType<TokenOutcome.Unknown>(await RefreshAsync(200, body)).Answer.Reason);
    }

    [Fact, Trait("case", "103")]
    public async Task An_error_beside_tokens_is_an_error() =>
        Assert.IsType<TokenOutcome.Refused>(await RefreshAsync(200, Pair.Replace("{", """{"error":"invalid_grant",""", StringComparison.Ordinal)));

    [Fact]
    public async Task An_empty_error_beside_tokens_is_none() =>
        Assert.IsType<TokenOutcome.Granted>(await RefreshAsync(200, Pair.Replace("{", """{"error":"",""", StringComparison.Ordinal)));

    [Fact]
    public async Task Without_a_refresh_token_the_old_one_stays_in_use()
    {
        var body = Pair.Replace("\"refresh_token\":\"rft.2\",\"refresh_expires_in\":15552000,", "", StringComparison.Ordinal);
        var grant = Assert.IsType<TokenOutcome.Granted>(await RefreshAsync(200, body)).Grant;
        Assert.Null(grant.RefreshToken);
        Assert.Null(grant.RefreshLifetime);
    }

    [Fact]
    public async Task The_servers_clock_comes_along()
    {
        var then = new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);
        var outcome = await RefreshAsync(() => new(System.Net.HttpStatusCode.OK) { Content = new StringContent(Pair), Headers = { Date = then } });
        Assert.Equal(then, Assert.IsType<TokenOutcome.Granted>(outcome).Grant.ServerTime);
    }

    [Fact]
    public async Task The_wait_a_server_asks_for_and_the_log_id_come_along()
    {
        var outcome = await RefreshAsync(() =>
        {
            var answer = new HttpResponseMessage(System.Net.HttpStatusCode.ServiceUnavailable) { Content = new StringContent("""{"error":"temporarily_unavailable","log_id":"L7"}""") };
            answer.Headers.RetryAfter = new(TimeSpan.FromSeconds(90));
            return answer;
        });
        var answer = Assert.IsType<TokenOutcome.Unknown>(outcome).Answer;
        Assert.Equal((TimeSpan.FromSeconds(90), "L7", 503), (answer.RetryAfter, answer.LogId, answer.Http));
    }

    [Fact]
    public async Task Words_from_outside_cannot_command_a_terminal()
    {
        var outcome = await RefreshAsync(400, """{"error":"invalid_grant","error_description":"\u001b[2J\u0007gone","log_id":"L\u001b1"}""");
        var error = Assert.IsType<TokenOutcome.Refused>(outcome).Error;
        Assert.Equal(("[2Jgone", "L1"), (error.Description, error.LogId));
    }

    [Theory]
    [InlineData(200, "", typeof(RevokeOutcome.Revoked))]
    [InlineData(200, "  \n", typeof(RevokeOutcome.Revoked))]
    [InlineData(200, "{}", typeof(RevokeOutcome.Revoked))]
    [InlineData(200, "<html></html>", typeof(RevokeOutcome.Unknown))]
    [InlineData(500, "", typeof(RevokeOutcome.Unknown))]
    [InlineData(400, """{"error":"invalid_request"}""", typeof(RevokeOutcome.Refused))]
    [InlineData(200, """{"error":"invalid_client"}""", typeof(RevokeOutcome.AppProblem))]
    public async Task Giving_up_access_has_an_empty_answer(int status, string body, Type expected)
    {
        using var http = TikTokHttp.CreateClient(new StubHandler(status, body));
        Assert.IsType(expected, await Client(http).RevokeAsync(App, new("act.1"), Aborted));
    }

    private static CancellationToken Aborted => TestContext.Current.CancellationToken;
    private static ClientCredentials App => new("key", new("secret"));
    private static TokenEndpoint Client(HttpClient http) => new TikTokClient(TikTokEndpoints.Default, http, TestClock.System).Tokens;

    private static Task<TokenOutcome> RefreshAsync(int status, string body) =>
        RefreshAsync(() => new((System.Net.HttpStatusCode)status) { Content = new StringContent(body) });

    private static async Task<TokenOutcome> RefreshAsync(Func<HttpResponseMessage> answer)
    {
        using var http = TikTokHttp.CreateClient(new StubHandler(answer));
        return await Client(http).RefreshAsync(App, new("rft.1"), Aborted);
    }
}
