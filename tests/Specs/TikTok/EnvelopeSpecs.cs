using Holdfast.TikTok;
using Holdfast.TikTok.Posting;

namespace Holdfast.Specs.TikTok;

/// <summary>The API's answers, in every shape they come in (tiktok-v2 §7.1, §7.2).</summary>
public sealed class EnvelopeSpecs
{
    [Theory]
    [InlineData("""{"data":{},"error":{"code":"access_token_invalid","message":"No.","log_id":"L1"}}""")]
    [InlineData("""{"error":{"code":"access_token_invalid","message":"No.","log_id":"L1"}}""")]
    [InlineData("""{"error":{"code":"access_token_invalid","message":"No.","logid":"L1"}}""")]
    [InlineData("""{"code":"access_token_invalid","message":"No.","log_id":"L1"}""")]
    [InlineData("""{"error":"access_token_invalid","error_description":"No.","log_id":"L1"}""")]
    public async Task An_error_is_read_in_every_shape(string body) =>
        Assert.Equal(new TikTokError("access_token_invalid", "No.", "L1", 401), Assert.IsType<ApiOutcome<PublishStatus>.Refused>(await StatusAsync(401, body)).Error);

    [Theory]
    [InlineData(500, """{"error":{"code":"internal_error","log_id":"L1"}}""", UnknownReason.ServerError)]
    [InlineData(200, """{"error":{"code":"internal_error","log_id":"L1"}}""", UnknownReason.ServerError)]
    [InlineData(503, """{"data":{"status":"PUBLISH_COMPLETE"},"error":{"code":"ok"}}""", UnknownReason.ServerError)]
    [InlineData(502, "Bad gateway", UnknownReason.ServerError)]
    [InlineData(429, "slow down", UnknownReason.RateLimited)]
    [InlineData(200, "<html>", UnknownReason.NotJson)]
    [InlineData(401, "", UnknownReason.NotJson)]
    [InlineData(200, "{}", UnknownReason.Malformed)]
    [InlineData(200, """{"data":{"status":"PUBLISH_COMPLETE"}}""", UnknownReason.Malformed)]
    [InlineData(200, """{"data":{},"error":{"code":"ok"}}""", UnknownReason.Malformed)]
    [InlineData(302, "", UnknownReason.Redirected)]
    public async Task What_is_no_answer_stays_unknown(int http, string body, UnknownReason expected) =>
        Assert.Equal(expected, Assert.IsType<ApiOutcome<PublishStatus>.Unknown>(await StatusAsync(http, body)).Answer.Reason);

    [Fact]
    public async Task A_readable_rate_limit_is_a_refusal()
    {
        var outcome = await StatusAsync(429, """{"error":{"code":"rate_limit_exceeded","message":"","log_id":"L1"}}""");
        Assert.Equal(TikTokErrorClass.RateLimited, Assert.IsType<ApiOutcome<PublishStatus>.Refused>(outcome).Error.Class);
    }

    [Theory]
    [InlineData("access_token_invalid", TikTokErrorClass.TokenProblem)]
    [InlineData("scope_not_authorized", TikTokErrorClass.ScopeMissing)]
    [InlineData("scope_permission_missed", TikTokErrorClass.ScopeMissing)]
    [InlineData("rate_limit_exceeded", TikTokErrorClass.RateLimited)]
    [InlineData("spam_risk_too_many_posts", TikTokErrorClass.CreatorLimit)]
    [InlineData("spam_risk_user_banned_from_posting", TikTokErrorClass.CreatorLimit)]
    [InlineData("spam_risk_too_many_pending_share", TikTokErrorClass.CreatorLimit)]
    [InlineData("app_version_check_failed", TikTokErrorClass.CreatorLimit)]
    [InlineData("reached_active_user_cap", TikTokErrorClass.AppLimit)]
    [InlineData("unaudited_client_can_only_post_to_private_accounts", TikTokErrorClass.AppLimit)]
    [InlineData("url_ownership_unverified", TikTokErrorClass.AppLimit)]
    [InlineData("invalid_param", TikTokErrorClass.BadRequest)]
    [InlineData("invalid_params", TikTokErrorClass.BadRequest)]
    [InlineData("invalid_file_upload", TikTokErrorClass.BadRequest)]
    [InlineData("invalid_publish_id", TikTokErrorClass.BadRequest)]
    [InlineData("token_not_authorized_for_specified_publish_id", TikTokErrorClass.BadRequest)]
    [InlineData("publish_not_cancellable", TikTokErrorClass.BadRequest)]
    [InlineData("privacy_level_option_mismatch", TikTokErrorClass.BadRequest)]
    [InlineData("internal_error", TikTokErrorClass.Passing)]
    [InlineData("never_heard_of", TikTokErrorClass.Passing)]
    public void A_code_tells_what_to_do(string code, TikTokErrorClass expected) => Assert.Equal(expected, TikTokErrorClasses.Of(code));

    [Theory]
    [InlineData("[7412345678901235555]")]
    [InlineData("[\"7412345678901235555\"]")]
    [InlineData("7412345678901235555")]
    [InlineData("\"7412345678901235555\"")]
    public async Task A_post_id_is_read_exactly_however_it_is_written(string ids)
    {
        var body = """{"data":{"status":"PUBLISH_COMPLETE","publicaly_available_post_id":IDS},"error":{"code":"ok"}}""".Replace("IDS", ids, StringComparison.Ordinal);
        Assert.Equal([7412345678901235555], Assert.IsType<ApiOutcome<PublishStatus>.Ok>(await StatusAsync(200, body)).Value.PostIds);
    }

    [Fact]
    public async Task A_status_of_the_future_is_kept_as_it_is()
    {
        var status = Assert.IsType<ApiOutcome<PublishStatus>.Ok>(await StatusAsync(200, """{"data":{"status":"PROCESSING_MOON","new":[1]},"error":{"code":"ok"}}""")).Value;
        Assert.Equal((PublishState.Unrecognised, "PROCESSING_MOON"), (status.State, status.Status));
    }

    [Theory]
    [InlineData("http://upload.example/?upload_token=1")]
    [InlineData("file:///etc/passwd")]
    [InlineData("not an address")]
    [InlineData("https://user:pass@upload.example/")]
    public async Task An_upload_url_nobody_should_send_a_video_to_is_not_believed(string url)
    {
        var body = $$$"""{"data":{"publish_id":"p","upload_url":"{{{url}}}"},"error":{"code":"ok"}}""";
        using var http = TikTokHttp.CreateClient(new StubHandler(200, body));
        var outcome = await Client(http).InitInboxVideoAsync(new("act.1"), new VideoSource.FileUpload(ChunkPlan.For(1)), TestContext.Current.CancellationToken);
        Assert.IsType<ApiOutcome<VideoInit>.Unknown>(outcome);
    }

    private static PostingApi Client(HttpClient http) => new TikTokClient(TikTokEndpoints.Default, http, TestClock.System).Posting;

    private static async Task<ApiOutcome<PublishStatus>> StatusAsync(int status, string body)
    {
        using var http = TikTokHttp.CreateClient(new StubHandler(status, body));
        return await Client(http).StatusAsync(new("act.1"), "p", TestContext.Current.CancellationToken);
    }
}
