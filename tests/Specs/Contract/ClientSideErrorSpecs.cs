using Holdfast.Specs.TikTok;
using Holdfast.TikTok;
using Holdfast.TikTok.OAuth;
using Holdfast.TikTok.Posting;

namespace Holdfast.Specs.Contract;

/// <summary>Every other refusal in the contract files: what the library asked, and that code, class, status and <c>log_id</c> come out of the answer.</summary>
public sealed class ClientSideErrorSpecs
{
    private const string LogId = "20261101120000A1B2C3D4E5F60718293A";
    private static readonly Dictionary<string, string> Values = new()
    {
        ["access_token"] = "act.one",
        ["dead_access_token"] = "act.none",
        ["refresh_token"] = "rft.one",
        ["client_key"] = "awlocal0001",
        ["client_secret"] = "secret-0001",
        ["wrong_client_secret"] = "secret-0002",
        ["redirect_uri"] = "http://127.0.0.1:3455/callback/",
        ["state"] = "n7f3",
        ["code_challenge"] = Pkce.For(new(Verifier)).Challenge,
        ["publish_id"] = "v_pub_file~v2-1.7412345678901234567",
        ["video_id"] = "7412345678901234567",
        ["upload_url"] = "https://open-upload.tiktokapis.com/video/?upload_token=t",
        ["log_id"] = LogId,
        ["message"] = "No.",
        ["error_description"] = "No.",
    };

    private const string Verifier = "gaeCq5mVvbhA8Ce6w5O9XBVIKMkySgv-_9A-rnhm9Ns";

    [Theory]
    [InlineData("creator-info/access-token-invalid", 401, TikTokErrorClass.TokenProblem)]
    [InlineData("creator-info/scope-not-authorized", 401, TikTokErrorClass.ScopeMissing)]
    [InlineData("creator-info/banned", 200, TikTokErrorClass.CreatorLimit)]
    [InlineData("creator-info/active-user-cap", 200, TikTokErrorClass.AppLimit)]
    [InlineData("creator-info/rate-limited", 429, TikTokErrorClass.RateLimited)]
    [InlineData("video-init/access-token-invalid", 401, TikTokErrorClass.TokenProblem)]
    [InlineData("video-init/scope-not-authorized", 401, TikTokErrorClass.ScopeMissing)]
    [InlineData("video-init/rate-limited", 429, TikTokErrorClass.RateLimited)]
    [InlineData("video-init/too-many-posts", 403, TikTokErrorClass.CreatorLimit)]
    [InlineData("video-init/banned", 403, TikTokErrorClass.CreatorLimit)]
    [InlineData("video-init/active-user-cap", 403, TikTokErrorClass.AppLimit)]
    [InlineData("status/access-token-invalid", 401, TikTokErrorClass.TokenProblem)]
    [InlineData("status/scope-not-authorized", 401, TikTokErrorClass.ScopeMissing)]
    [InlineData("status/not-yours", 400, TikTokErrorClass.BadRequest)]
    [InlineData("video-list/access-token-invalid", 401, TikTokErrorClass.TokenProblem)]
    [InlineData("video-list/invalid-params", 400, TikTokErrorClass.BadRequest)]
    [InlineData("video-query/access-token-invalid", 401, TikTokErrorClass.TokenProblem)]
    [InlineData("video-query/scope-not-authorized", 401, TikTokErrorClass.ScopeMissing)]
    public async Task A_refusal_keeps_its_class_status_and_log_id(string file, int http, TikTokErrorClass expected)
    {
        var token = new AccessToken(file.EndsWith("/access-token-invalid", StringComparison.Ordinal) ? "act.none" : "act.one");
        var error = await TalkAsync(file, async client => file.Split('/')[0] switch
        {
            "creator-info" => No(await client.Posting.CreatorInfoAsync(token, Aborted)),
            "video-init" => No(await client.Posting.InitVideoAsync(
                token, new(PrivacyLevels.OnlyMe) { Title = "hello #local", DisableComment = true }, new VideoSource.FileUpload(ChunkPlan.For(64_000_000)), Aborted)),
            "status" => No(await client.Posting.StatusAsync(token, Values["publish_id"], Aborted)),
            "video-list" => No(await client.Display.VideosAsync(token, ["id"], null, 20, Aborted)),
            _ => No(await client.Display.QueryVideosAsync(token, ["id"], [Values["video_id"]], Aborted)),
        }, checksRequest: file != "video-list/invalid-params"); // the library asks for the id in any case
        Assert.Equal((http, expected, LogId), (error.Http, error.Class, error.LogId));
    }

    [Fact]
    public async Task A_renewal_with_a_wrong_secret_blames_no_account() => Assert.IsType<TokenOutcome.AppProblem>(await TalkAsync(
        "oauth-token/refresh-secret-wrong", client => client.Tokens.RefreshAsync(new("awlocal0001", new("secret-0002")), new("rft.one"), Aborted)));

    [Theory]
    [InlineData("oauth-token/code-missing", "invalid_request")]
    [InlineData("oauth-token/unsupported-grant-type", "unsupported_grant_type")]
    public async Task A_request_we_would_not_send_is_the_apps_problem(string file, string expected)
    {
        var outcome = await TalkAsync(file, client => client.Tokens.RefreshAsync(new("awlocal0001", new("secret-0001")), new("rft.one"), Aborted), checksRequest: false);
        var error = Assert.IsType<TokenOutcome.AppProblem>(outcome).Error;
        Assert.Equal((expected, LogId), (error.Error, error.LogId));
    }

    [Fact]
    public async Task A_chunk_that_is_wrong_stays_wrong() => Assert.Equal(new UploadOutcome.Refused(400), await TalkAsync(
        "upload/length-mismatch",
        client => client.Uploads.UploadChunkAsync(new(Values["upload_url"]), ChunkPlan.For(121_000_000), 0, new ZeroStream(11_000_000), "video/mp4", Aborted),
        checksRequest: false));

    [Fact]
    public void A_scope_the_app_lacks_is_asked_for_as_the_contract_says()
    {
        var request = new AuthorizationRequest("awlocal0001", ["user.info.basic", "shoe.size"], Values["redirect_uri"], "n7f3") { Pkce = Pkce.For(new(Verifier)) };
        using var message = new HttpRequestMessage(HttpMethod.Get, request.ToUrl(TikTokEndpoints.Default));
        Assert.Empty(ContractFile.Load("authorize/scope-not-enabled").Request.Differences(message, "", new(Values)));
    }

    private static CancellationToken Aborted => TestContext.Current.CancellationToken;

    private static TikTokError No<T>(ApiOutcome<T> outcome) => Assert.IsType<ApiOutcome<T>.Refused>(outcome).Error;

    private static async Task<T> TalkAsync<T>(string file, Func<TikTokClient, Task<T>> call, bool checksRequest = true)
    {
        var contract = ContractFile.Load(file);
        var handler = new StubHandler(() => contract.Response.ToMessage(Values));
        using var http = TikTokHttp.CreateClient(handler);
        var outcome = await call(new(TikTokEndpoints.Default, http, TestClock.System));
        var (request, body) = Assert.Single(handler.Sent);
        if (checksRequest)
        {
            Assert.Empty(contract.Request.Differences(request, body, new(Values)));
        }

        return outcome;
    }
}
