using Holdfast.Specs.Contract;

namespace Holdfast.Specs.Platform.Posting;

/// <summary>The Platform's side of every other refusal in the hand-written contract.</summary>
public sealed class ContractErrorSpecs
{
    [Theory]
    [InlineData("creator-info/access-token-invalid", ConnectedApp.AllScopes)]
    [InlineData("creator-info/scope-not-authorized", "user.info.basic")]
    [InlineData("video-init/access-token-invalid", ConnectedApp.AllScopes)]
    [InlineData("video-init/scope-not-authorized", "user.info.basic,video.upload")]
    [InlineData("status/access-token-invalid", ConnectedApp.AllScopes)]
    [InlineData("status/scope-not-authorized", "user.info.basic,video.list")]
    [InlineData("video-list/access-token-invalid", ConnectedApp.AllScopes)]
    [InlineData("video-list/invalid-params", ConnectedApp.AllScopes)]
    [InlineData("video-query/access-token-invalid", ConnectedApp.AllScopes)]
    [InlineData("video-query/scope-not-authorized", "user.info.basic,video.publish")]
    public async Task A_call_gets_the_refusal_in_the_file(string file, string scopes)
    {
        await using var client = await ConnectedApp.OpenAsync(scopes);
        await HoldAsync(client, file);
    }

    [Fact]
    public async Task A_creator_who_may_not_post_gets_the_refusals_in_the_files()
    {
        await using var client = await ConnectedApp.OpenAsync();
        await client.SetAsync("banned_from_posting_at", 1);
        await HoldAsync(client, "creator-info/banned");
        await HoldAsync(client, "video-init/banned");
    }

    [Fact]
    public async Task A_creator_at_the_daily_cap_gets_the_refusal_in_the_file()
    {
        await using var client = await ConnectedApp.OpenAsync(posting: options => options.PostsPerDay = 1);
        await client.InitAsync(1000);
        await HoldAsync(client, "video-init/too-many-posts");
    }

    [Fact]
    public async Task An_app_whose_quota_of_creators_is_used_up_gets_the_refusals_in_the_files()
    {
        await using var client = await ConnectedApp.OpenAsync(posting: options => options.AuditedCreatorsPerDay = 1);
        await AsAnotherAsync(client, () => client.InitAsync(1000));
        await HoldAsync(client, "creator-info/active-user-cap");
        await HoldAsync(client, "video-init/active-user-cap");
    }

    [Fact]
    public async Task The_call_after_the_last_of_a_minute_gets_the_refusal_in_the_file()
    {
        await using var client = await ConnectedApp.OpenAsync();
        for (var call = 0; call < 20; call++)
            await client.CallAsync(HttpMethod.Post, "/v2/post/publish/creator_info/query/", "{}");
        await HoldAsync(client, "creator-info/rate-limited");
        for (var call = 0; call < 6; call++)
            await client.InitAsync(1000);
        await HoldAsync(client, "video-init/rate-limited");
    }

    [Fact]
    public async Task Another_creators_post_gets_the_refusal_in_the_file()
    {
        await using var client = await ConnectedApp.OpenAsync();
        var theirs = await AsAnotherAsync(client, () => client.InitAsync(1000));
        await HoldAsync(client, "status/not-yours", new() { ["publish_id"] = theirs.Data("publish_id") });
    }

    [Fact]
    public async Task A_chunk_shorter_than_it_says_gets_the_answer_in_the_file()
    {
        await using var client = await ConnectedApp.OpenAsync();
        var begun = await client.InitAsync(121_000_000, 10_000_000, 12);
        await HoldAsync(client, "upload/length-mismatch", new() { ["upload_url"] = begun.Data("upload_url") }, 9_999_999);
    }

    private static async Task<ApiReply> AsAnotherAsync(ConnectedApp client, Func<Task<ApiReply>> call)
    {
        var own = client.Token;
        client.Token = (await client.Platform.GrantAsync(client.App, await ConnectedApp.CreatorAsync(client.Platform, "bruno"), ConnectedApp.AllScopes)).Access;
        var reply = await call();
        client.Token = own;
        return reply;
    }

    private static async Task HoldAsync(ConnectedApp client, string name, Dictionary<string, string>? more = null, int bytes = 0)
    {
        var file = ContractFile.Load(name);
        Dictionary<string, string> values = new(more ?? []) { ["access_token"] = client.Token, ["dead_access_token"] = "act.dead" };
        values.TryAdd("publish_id", "v_pub_file~v2-1.7000000000000000000");
        values.TryAdd("video_id", "7000000000000000000");
        using var request = file.Request.ToMessage(client.Platform.Http.BaseAddress!, values, bytes > 0 ? new ByteArrayContent(new byte[bytes]) : null); // Browserless sets it
        using var answer = await client.Platform.Http.SendAsync(request);
        Assert.Empty(file.Response.Differences(answer, await answer.Content.ReadAsStringAsync(), values));
    }
}
