namespace Holdfast.Specs.Platform.Posting;

public sealed class InitSpecs
{
    [Fact]
    public async Task A_privacy_level_outside_the_options_is_a_mismatch()
    {
        await using var client = await ConnectedApp.OpenAsync();
        var answer = await client.InitAsync(1000, privacy: "FOLLOWER_OF_CREATOR");
        Assert.Equal((403, "privacy_level_option_mismatch"), (answer.Status, answer.Code));

        await client.SetAsync("is_private", true);
        Assert.Equal("ok", (await client.InitAsync(1000, privacy: "FOLLOWER_OF_CREATOR")).Code);
        Assert.Equal("privacy_level_option_mismatch", (await client.InitAsync(1000)).Code);
    }

    [Fact]
    public async Task An_unaudited_app_posts_only_for_the_owners_eyes_and_only_to_private_accounts()
    {
        await using var client = await ConnectedApp.OpenAsync();
        await client.SetAsync("app.is_audited", false);
        Assert.Equal((403, "unaudited_client_can_only_post_to_private_accounts"), await CodeAsync(client, "SELF_ONLY"));
        await client.SetAsync("is_private", true);
        Assert.Equal((200, "ok"), await CodeAsync(client, "SELF_ONLY"));
        Assert.Equal((403, "unaudited_client_can_only_post_to_private_accounts"), await CodeAsync(client, "FOLLOWER_OF_CREATOR"));
    }

    [Fact]
    public async Task The_daily_cap_stops_posts_with_403_and_creator_info_says_so_with_200()
    {
        await using var client = await ConnectedApp.OpenAsync(posting: options => options.PostsPerDay = 2);
        await client.InitAsync(1000);
        await client.InitAsync(1000);
        Assert.Equal((403, "spam_risk_too_many_posts"), await CodeAsync(client, "SELF_ONLY"));

        var info = await client.CallAsync(HttpMethod.Post, "/v2/post/publish/creator_info/query/", "{}");
        Assert.Equal((200, "spam_risk_too_many_posts"), (info.Status, info.Code));

        client.Platform.Clock.Advance(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1));
        client.Token = (await client.Platform.GrantAsync(client.App, client.Creator, ConnectedApp.AllScopes)).Access;
        Assert.Equal((200, "ok"), await CodeAsync(client, "SELF_ONLY"));
    }

    [Fact]
    public async Task The_seventh_init_in_a_minute_waits_and_a_renewed_token_does_not_help()
    {
        await using var client = await ConnectedApp.OpenAsync();
        for (var call = 0; call < 6; call++)
            Assert.Equal("ok", (await client.InitAsync(1000)).Code);
        Assert.Equal((429, "rate_limit_exceeded"), await CodeAsync(client, "SELF_ONLY"));
        client.Token = (await client.Platform.GrantAsync(client.App, client.Creator, ConnectedApp.AllScopes)).Access;
        Assert.Equal((429, "rate_limit_exceeded"), await CodeAsync(client, "SELF_ONLY"));

        client.Platform.Clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal((200, "ok"), await CodeAsync(client, "SELF_ONLY"));
    }

    [Fact]
    public async Task Limits_can_be_switched_off()
    {
        await using var client = await ConnectedApp.OpenAsync();
        client.Platform.Service<Microsoft.Extensions.Options.IOptions<Holdfast.Platform.Api.RateLimitOptions>>().Value.Enabled = false;
        for (var call = 0; call < 8; call++)
            Assert.Equal("ok", (await client.InitAsync(1000)).Code);
    }

    [Fact]
    public async Task Token_comes_before_scope_and_scope_before_the_body()
    {
        await using var client = await ConnectedApp.OpenAsync("user.info.basic");
        var answer = await client.CallAsync(HttpMethod.Post, "/v2/post/publish/video/init/", "not json");
        Assert.Equal((401, "scope_not_authorized"), (answer.Status, answer.Code));
        Assert.DoesNotContain("\"data\"", answer.Body, StringComparison.Ordinal);
        client.Token = "act.unknown";
        Assert.Equal("access_token_invalid", (await client.CallAsync(HttpMethod.Post, "/v2/post/publish/video/init/", "not json")).Code);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"post_info":{"privacy_level":"SELF_ONLY"}}""")]
    [InlineData("""{"post_info":{"privacy_level":"SELF_ONLY","title":7},"source_info":{"source":"FILE_UPLOAD","video_size":1000,"chunk_size":1000,"total_chunk_count":1}}""")]
    [InlineData("""{"post_info":{"privacy_level":"SELF_ONLY","is_aigc":"yes"},"source_info":{"source":"FILE_UPLOAD","video_size":1000,"chunk_size":1000,"total_chunk_count":1}}""")]
    [InlineData("""{"post_info":{"privacy_level":"SELF_ONLY"},"source_info":{"source":"PULL_FROM_URL","video_url":"http://example.test/a.mp4"}}""")]
    [InlineData("""{"post_info":{"privacy_level":"SELF_ONLY"},"source_info":{"source":"FILE_UPLOAD","video_size":"1000","chunk_size":1000,"total_chunk_count":1}}""")]
    public async Task A_body_that_makes_no_sense_is_invalid_params(string body)
    {
        await using var client = await ConnectedApp.OpenAsync();
        var answer = await client.CallAsync(HttpMethod.Post, "/v2/post/publish/video/init/", body);
        Assert.Equal((400, "invalid_params"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task A_caption_of_2200_units_is_taken_and_of_2201_is_not()
    {
        await using var client = await ConnectedApp.OpenAsync();
        Assert.Equal("ok", (await client.InitAsync(1000, title: new string('a', 2200))).Code);
        Assert.Equal("invalid_params", (await client.InitAsync(1000, title: new string('a', 2201))).Code);
    }

    [Fact]
    public async Task A_begun_post_has_an_id_and_a_url_in_TikToks_shape()
    {
        await using var client = await ConnectedApp.OpenAsync(posting: options => options.UploadBase = new Uri("https://open-upload.tiktokapis.example"));
        var begun = await client.InitAsync(1000);
        Assert.Matches(@"^v_pub_file~v2-1\.\d{19}$", begun.Data("publish_id"));
        Assert.Matches(@"^https://open-upload\.tiktokapis\.example/video/\?upload_id=\d{19}&upload_token=[\w-]{43}$", begun.Data("upload_url"));
    }

    [Theory]
    [InlineData("/v2/post/publish/creator_info/query/", 20)]
    [InlineData("/v2/post/publish/status/fetch/", 30)]
    public async Task Each_endpoint_has_its_own_limit(string path, int limit)
    {
        await using var client = await ConnectedApp.OpenAsync();
        for (var call = 0; call < limit; call++)
            Assert.NotEqual(429, (await client.CallAsync(HttpMethod.Post, path, "{}")).Status);
        Assert.Equal(429, (await client.CallAsync(HttpMethod.Post, path, "{}")).Status);
    }

    private static async Task<(int, string)> CodeAsync(ConnectedApp client, string privacy)
    {
        var answer = await client.InitAsync(1000, privacy: privacy);
        return (answer.Status, answer.Code);
    }
}
