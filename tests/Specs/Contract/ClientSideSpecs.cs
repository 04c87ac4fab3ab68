using Holdfast.Specs.TikTok;
using Holdfast.TikTok;
using Holdfast.TikTok.Audience;
using Holdfast.TikTok.Posting;
using static Holdfast.Specs.Contract.ClientSide;

namespace Holdfast.Specs.Contract;

/// <summary>Holds the client library to the contract files: what it sends to the API, and what it makes of the answer.</summary>
public sealed class ClientSideSpecs
{
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

    [Fact]
    public void Every_file_names_the_section_it_was_typed_from() =>
        Assert.All(ContractFile.Names, name => Assert.Matches(@"§\d", ContractFile.Load(name).Title));

    private static Task<ApiOutcome<VideoInit>> Begin(TikTokClient client, string privacy) => client.Posting.InitVideoAsync(
        Token, new(privacy) { Title = "hello #local", DisableComment = true }, new VideoSource.FileUpload(ChunkPlan.For(64_000_000)), Aborted);

    private static Task<UploadOutcome> Put(TikTokClient client, int index) => client.Uploads.UploadChunkAsync(
        new(Values["upload_url"]), ChunkPlan.For(121_000_000), index, new ZeroStream(11_000_000), "video/mp4", Aborted);
}
