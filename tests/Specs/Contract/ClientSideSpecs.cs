using Holdfast.Specs.TikTok;
using Holdfast.TikTok;
using Holdfast.TikTok.Audience;
using Holdfast.TikTok.OAuth;
using Holdfast.TikTok.Posting;

namespace Holdfast.Specs.Contract;

/// <summary>Holds the client library to the contract files: what it sends, and what it makes of the answer.</summary>
public sealed class ClientSideSpecs
{
    private const string Verifier = "gaeCq5mVvbhA8Ce6w5O9XBVIKMkySgv-_9A-rnhm9Ns";
    private const string LogId = "20261101120000A1B2C3D4E5F60718293A";

    // What the placeholders stand for here. Tokens are of no real app.
    private static readonly Dictionary<string, string> Values = new()
    {
        ["client_key"] = "awlocal0001",
        ["client_secret"] = "secret-0001",
        ["wrong_client_secret"] = "secret-0002",
        ["unknown_client_key"] = "awlocal0002",
        ["code"] = "abc*0!6123.u1",
        ["dead_code"] = "abc*0!6124.u1",
        ["code_verifier"] = Verifier,
        ["other_code_verifier"] = new('v', 43),
        ["code_challenge"] = "e6a178b120743d08509508f269652b0bdf91e29332921bc9e9744fd3dd41bfef",
        ["redirect_uri"] = "http://127.0.0.1:3455/callback/",
        ["other_redirect_uri"] = "http://localhost:3455/callback/",
        ["unregistered_redirect_uri"] = "http://127.0.0.1:3455/elsewhere/",
        ["state"] = "n7f3",
        ["access_token"] = "act.one",
        ["dead_access_token"] = "act.none",
        ["refresh_token"] = "rft.one",
        ["dead_refresh_token"] = "rft.none",
        ["new_refresh_token"] = "rft.two",
        ["expires_in"] = "7200",
        ["refresh_expires_in"] = "15552000",
        ["open_id"] = "-000LocalOpenId",
        ["scope"] = "user.info.basic,video.list",
        ["log_id"] = LogId,
        ["error_description"] = "No.",
        ["message"] = "No.",
        ["display_name"] = "Local Creator",
        ["username"] = "localcreator",
        ["follower_count"] = "42",
        ["avatar_url"] = "https://cdn.local.test/a.jpeg",
        ["video_id"] = "7412345678901234567",
        ["title"] = "clip one",
        ["create_time"] = "1761955200",
        ["duration"] = "12",
        ["cursor"] = "1761955200000",
        ["from"] = "1761955300000",
        ["max_duration"] = "600",
        ["publish_id"] = "v_pub_file~v2-1.7412345678901234567",
        ["unknown_publish_id"] = "v_pub_file~v2-1.1",
        ["upload_url"] = "https://open-upload.tiktokapis.com/video/?upload_id=7412345678901234999&upload_token=4f0c2c1e",
        ["post_id"] = "7412345678901235555",
        ["uploaded_bytes"] = "64000000",
    };

    private static readonly ClientCredentials App = new("awlocal0001", new("secret-0001"));
    private static readonly ClientCredentials WrongApp = new("awlocal0001", new("secret-0002"));
    private static readonly AccessToken Token = new("act.one");

    [Fact]
    public async Task A_code_is_exchanged_for_the_seven_members()
    {
        var outcome = await SpeakAsync("oauth-token/code-granted", client => Exchange(client, App));
        var grant = Assert.IsType<TokenOutcome.Granted>(outcome).Grant;
        Assert.Equal(("act.one", "rft.two", "-000LocalOpenId"), (grant.AccessToken.Reveal(), grant.RefreshToken?.Reveal(), grant.OpenId));
        Assert.Equal((TimeSpan.FromHours(2), TimeSpan.FromDays(180)), (grant.AccessLifetime, grant.RefreshLifetime));
        Assert.Equal(["user.info.basic", "video.list"], grant.Scopes);
    }

    [Fact]
    public async Task A_renewal_returns_the_successor()
    {
        var outcome = await SpeakAsync("oauth-token/refresh-granted", client => client.Tokens.RefreshAsync(App, new("rft.one"), Aborted));
        Assert.Equal(new RefreshToken("rft.two"), Assert.IsType<TokenOutcome.Granted>(outcome).Grant.RefreshToken);
    }

    [Fact]
    public async Task The_app_gets_a_token_of_its_own()
    {
        var outcome = await SpeakAsync("oauth-token/client-credentials-granted", client => client.Tokens.ClientTokenAsync(App, Aborted));
        Assert.Equal(TimeSpan.FromHours(2), Assert.IsType<ClientTokenOutcome.Granted>(outcome).Lifetime);
    }

    [Fact]
    public async Task A_wrong_secret_is_the_apps_problem() =>
        IsAppProblem("invalid_client", await SpeakAsync("oauth-token/secret-wrong", client => Exchange(client, WrongApp)));

    [Fact]
    public async Task A_missing_secret_is_the_apps_problem() =>
        IsAppProblem("invalid_request", await HearAsync("oauth-token/secret-missing", client => Exchange(client, App)));

    [Fact]
    public async Task Another_redirect_uri_is_the_apps_problem() => IsAppProblem("invalid_request", await SpeakAsync(
        "oauth-token/redirect-mismatch", client => Exchange(client, App, redirectUri: Values["other_redirect_uri"])));

    [Fact]
    public async Task Another_verifier_is_the_apps_problem() => IsAppProblem("invalid_request", await SpeakAsync(
        "oauth-token/pkce-mismatch", client => Exchange(client, App, verifier: Values["other_code_verifier"])));

    [Fact]
    public async Task A_dead_code_is_refused_for_good() => Assert.Equal("invalid_grant", Assert.IsType<TokenOutcome.Refused>(await SpeakAsync(
        "oauth-token/code-expired", client => Exchange(client, App, code: Values["dead_code"]))).Error.Error);

    [Fact]
    public async Task A_dead_refresh_token_is_refused_for_good_and_the_log_id_is_kept()
    {
        var outcome = await SpeakAsync("oauth-token/refresh-refused", client => client.Tokens.RefreshAsync(App, new("rft.none"), Aborted));
        Assert.Equal(new OAuthError("invalid_grant", "No.", LogId, 400), Assert.IsType<TokenOutcome.Refused>(outcome).Error);
    }

    [Fact]
    public async Task Access_is_given_up() =>
        Assert.IsType<RevokeOutcome.Revoked>(await SpeakAsync("oauth-revoke/revoked", client => client.Tokens.RevokeAsync(App, Token, Aborted)));

    [Fact]
    public async Task A_wrong_secret_gives_nothing_up() => Assert.IsType<RevokeOutcome.AppProblem>(
        await SpeakAsync("oauth-revoke/secret-wrong", client => client.Tokens.RevokeAsync(WrongApp, Token, Aborted)));

    [Fact]
    public async Task A_profile_is_read()
    {
        string[] fields = ["open_id", "display_name", "username", "is_verified", "follower_count"];
        var user = Good(await SpeakAsync("user-info/profile", client => client.Display.UserInfoAsync(Token, fields, Aborted)));
        Assert.Equal(("Local Creator", "localcreator", false, 42L), (user.DisplayName, user.Username, user.IsVerified, user.FollowerCount));
    }

    [Theory]
    [InlineData("user-info/scope-not-authorized", "act.one", "open_id,follower_count", TikTokErrorClass.ScopeMissing)]
    [InlineData("user-info/access-token-invalid", "act.none", "open_id", TikTokErrorClass.TokenProblem)]
    [InlineData("user-info/invalid-params", "act.one", "shoe_size", TikTokErrorClass.BadRequest)]
    public async Task A_profile_is_refused(string file, string token, string fields, TikTokErrorClass expected)
    {
        var error = No(await SpeakAsync(file, client => client.Display.UserInfoAsync(new(token), fields.Split(','), Aborted)));
        Assert.Equal((expected, LogId), (error.Class, error.LogId));
    }

    [Fact]
    public async Task Videos_are_listed_with_seconds_and_milliseconds_told_apart()
    {
        var page = Good(await SpeakAsync("video-list/one-video", client => client.Display.VideosAsync(Token, ["id", "title", "create_time", "duration"], null, 20, Aborted)));
        var video = Assert.Single(page.Videos);
        Assert.Equal(new DateTimeOffset(2025, 11, 1, 0, 0, 0, TimeSpan.Zero), video.CreatedAt);
        Assert.Equal((1761955200000L, false, TimeSpan.FromSeconds(12)), (page.Cursor, page.HasMore, video.Duration));
    }

    [Fact]
    public async Task Videos_need_their_scope() => Assert.Equal(TikTokErrorClass.ScopeMissing, No(await SpeakAsync(
        "video-list/scope-not-authorized", client => client.Display.VideosAsync(Token, ["id"], null, 20, Aborted))).Class);

    [Fact]
    public async Task Chosen_videos_are_queried() => Assert.Equal("clip one", Assert.Single(Good(await SpeakAsync(
        "video-query/own-video", client => client.Display.QueryVideosAsync(Token, ["id", "title"], [Values["video_id"]], Aborted))).Videos).Title);

    [Fact]
    public async Task Followers_are_listed_where_the_server_is_a_platform()
    {
        var page = Good(await SpeakAsync("platform-followers/one-follower", client => client.Audience.FollowersAsync(Token, null, 100, Aborted)));
        Assert.Equal(new FollowPerson("localcreator", "Local Creator"), Assert.Single(page.People));
        Assert.Equal((1761955200000L, false), (page.Cursor, page.HasMore));
    }

    [Fact]
    public async Task Followers_need_their_scope() => Assert.Equal(TikTokErrorClass.ScopeMissing, No(await SpeakAsync(
        "platform-followers/scope-not-authorized", client => client.Audience.FollowersAsync(Token, null, 100, Aborted))).Class);

    [Fact]
    public async Task Followed_accounts_are_listed_from_a_cursor_on() => Assert.Equal("localcreator", Assert.Single(Good(await SpeakAsync(
        "platform-following/next-page", client => client.Audience.FollowingAsync(Token, 1761955300000, 1, Aborted))).People).Username);

    [Fact]
    public async Task A_creators_options_are_read()
    {
        var creator = Good(await SpeakAsync("creator-info/public-account", client => client.Posting.CreatorInfoAsync(Token, Aborted)));
        Assert.Equal([PrivacyLevels.Everyone, PrivacyLevels.MutualFriends, PrivacyLevels.OnlyMe], creator.PrivacyLevelOptions);
        Assert.Equal(TimeSpan.FromMinutes(10), creator.MaxVideoDuration);
    }

    [Fact]
    public async Task A_creator_at_the_limit_is_refused_with_200()
    {
        var error = No(await SpeakAsync("creator-info/too-many-posts", client => client.Posting.CreatorInfoAsync(Token, Aborted)));
        Assert.Equal((200, TikTokErrorClass.CreatorLimit), (error.Http, error.Class));
    }

    [Fact]
    public async Task A_post_begins()
    {
        var init = Good(await SpeakAsync("video-init/begun", client => Begin(client, PrivacyLevels.OnlyMe)));
        Assert.Equal((Values["publish_id"], Values["upload_url"]), (init.PublishId, init.UploadUrl?.Reveal()));
    }

    [Fact]
    public async Task A_privacy_the_creator_lacks_is_a_bad_request() => Assert.Equal(TikTokErrorClass.BadRequest, No(await SpeakAsync(
        "video-init/privacy-mismatch", client => Begin(client, PrivacyLevels.Followers))).Class);

    [Fact]
    public async Task A_refused_chunk_plan_is_a_bad_request() => Assert.Equal(TikTokErrorClass.BadRequest, No(await HearAsync(
        "video-init/chunk-refused", client => Begin(client, PrivacyLevels.OnlyMe))).Class);

    [Fact]
    public async Task An_app_before_its_audit_is_limited_as_a_whole() => Assert.Equal(TikTokErrorClass.AppLimit, No(await SpeakAsync(
        "video-init/unaudited", client => Begin(client, PrivacyLevels.Everyone))).Class);

    [Theory]
    [InlineData("chunk-accepted", 0, typeof(UploadOutcome.Accepted))]
    [InlineData("complete", 11, typeof(UploadOutcome.Complete))]
    [InlineData("expired", 0, typeof(UploadOutcome.Expired))]
    [InlineData("gone", 0, typeof(UploadOutcome.Gone))]
    public async Task A_chunk_travels(string file, int index, Type expected) => Assert.IsType(expected, await SpeakAsync($"upload/{file}", client => Put(client, index)));

    [Fact]
    public async Task A_chunk_out_of_order_learns_where_to_go_on() =>
        Assert.Equal(new UploadOutcome.OutOfOrder(1), await SpeakAsync("upload/out-of-order", client => Put(client, 2)));

    [Theory]
    [InlineData("processing", PublishState.ProcessingUpload)]
    [InlineData("complete", PublishState.Complete)]
    [InlineData("failed", PublishState.Failed)]
    public async Task A_post_says_where_it_stands(string file, PublishState expected)
    {
        var status = Good(await SpeakAsync($"status/{file}", client => client.Posting.StatusAsync(Token, Values["publish_id"], Aborted)));
        Assert.Equal(expected, status.State);
        Assert.Equal(expected == PublishState.Complete ? [7412345678901235555] : [], status.PostIds);
        Assert.Equal(expected == PublishState.Failed ? "duration_check_failed" : null, status.FailReason);
    }

    [Fact]
    public async Task An_unknown_post_is_a_bad_request() => Assert.Equal("invalid_publish_id", No(await SpeakAsync(
        "status/invalid-publish-id", client => client.Posting.StatusAsync(Token, Values["unknown_publish_id"], Aborted))).Code);

    [Theory]
    [InlineData("granted")]
    [InlineData("cancelled")]
    [InlineData("unknown-client-key")]
    [InlineData("redirect-not-registered")]
    public void An_authorization_request_asks_as_the_contract_says(string file)
    {
        var contract = ContractFile.Load($"authorize/{file}");
        var request = new AuthorizationRequest(
            file == "unknown-client-key" ? Values["unknown_client_key"] : Values["client_key"], ["user.info.basic", "video.list"],
            file == "redirect-not-registered" ? Values["unregistered_redirect_uri"] : Values["redirect_uri"], Values["state"])
        { Pkce = Pkce.For(new(Verifier)) };
        using var message = new HttpRequestMessage(HttpMethod.Get, request.ToUrl(TikTokEndpoints.Default));
        Assert.Empty(contract.Request.Differences(message, "", new(Values)));
    }

    [Fact]
    public void A_granted_callback_yields_the_code_decoded_once()
    {
        var values = new Dictionary<string, string>(Values) { ["code"] = "abc%2A0%216123.u1" };
        var granted = Assert.IsType<AuthorizationCallback.Granted>(Callback("authorize/granted", values));
        Assert.Equal(("abc*0!6123.u1", "n7f3"), (granted.Code.Reveal(), granted.State));
        Assert.Equal(["user.info.basic", "video.list"], granted.Scopes);
    }

    [Fact]
    public void A_cancelled_callback_yields_the_refusal() =>
        Assert.Equal(new AuthorizationCallback.Refused("access_denied", "No.", "n7f3"), Callback("authorize/cancelled", Values));

    [Fact]
    public void Every_file_names_the_section_it_was_typed_from() =>
        Assert.All(ContractFile.Names, name => Assert.Matches(@"§\d", ContractFile.Load(name).Title));

    private static CancellationToken Aborted => TestContext.Current.CancellationToken;

    private static Task<TokenOutcome> Exchange(TikTokClient client, ClientCredentials app, string? code = null, string? redirectUri = null, string? verifier = null) =>
        client.Tokens.ExchangeAsync(app, new(code ?? Values["code"]), redirectUri ?? Values["redirect_uri"], new(verifier ?? Verifier), Aborted);

    private static Task<ApiOutcome<VideoInit>> Begin(TikTokClient client, string privacy) => client.Posting.InitVideoAsync(
        Token, new(privacy) { Title = "hello #local", DisableComment = true }, new VideoSource.FileUpload(ChunkPlan.For(64_000_000)), Aborted);

    private static Task<UploadOutcome> Put(TikTokClient client, int index) => client.Uploads.UploadChunkAsync(
        new(Values["upload_url"]), ChunkPlan.For(121_000_000), index, new ZeroStream(11_000_000), "video/mp4", Aborted);

    private static Task<T> SpeakAsync<T>(string file, Func<TikTokClient, Task<T>> call) => CallAsync(file, call, checksRequest: true);

    private static Task<T> HearAsync<T>(string file, Func<TikTokClient, Task<T>> call) => CallAsync(file, call, checksRequest: false);

    private static async Task<T> CallAsync<T>(string file, Func<TikTokClient, Task<T>> call, bool checksRequest)
    {
        var contract = ContractFile.Load(file);
        var handler = new StubHandler(() => contract.Response.ToMessage(Values));
        using var http = TikTokHttp.CreateClient(handler);
        var outcome = await call(new(TikTokEndpoints.Default, http, TestClock.System));
        var (request, body) = Assert.Single(handler.Sent);
        Assert.True(request.RequestUri!.Host is "open.tiktokapis.com" or "open-upload.tiktokapis.com", "Everything goes to TikTok's API host."); // a sent request has an address
        if (checksRequest)
        {
            Assert.Empty(contract.Request.Differences(request, body, new(Values)));
        }

        return outcome;
    }

    private static AuthorizationCallback Callback(string file, Dictionary<string, string> values) =>
        AuthorizationCallback.Parse(new Uri(ContractFile.Load(file).Response.ToMessage(values).Headers.Location!.OriginalString)); // the file has one

    private static void IsAppProblem(string error, TokenOutcome outcome) => Assert.Equal(error, Assert.IsType<TokenOutcome.AppProblem>(outcome).Error.Error);

    private static T Good<T>(ApiOutcome<T> outcome)
    {
        var ok = Assert.IsType<ApiOutcome<T>.Ok>(outcome);
        Assert.Equal(LogId, ok.LogId);
        return ok.Value;
    }

    private static TikTokError No<T>(ApiOutcome<T> outcome) => Assert.IsType<ApiOutcome<T>.Refused>(outcome).Error;
}
