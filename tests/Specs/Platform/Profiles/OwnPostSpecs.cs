using Holdfast.Platform.Posting;
using Holdfast.Platform.Profiles;
using Holdfast.Specs.Platform.Authorize;
using Holdfast.Specs.Platform.Posting;
using Holdfast.Specs.Storage;
using Holdfast.Storage;
using Holdfast.Storage.Blobs;

namespace Holdfast.Specs.Platform.Profiles;

public sealed class OwnPostSpecs
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task The_owner_changes_who_can_see_a_post_and_the_app_hears_of_it_each_way(Engine engine)
    {
        await using var client = await ConnectedApp.OpenAsync(engine: engine);
        await client.ListenAsync();
        var id = await client.PublishAsync();
        using var creator = await client.CreatorAsync();

        Assert.Equal($"/@ada/video/{id}?changed", (await ShowToAsync(client, creator, id, "SELF_ONLY")).Location);
        Assert.Equal(404, (int)(await client.Platform.Http.GetAsync($"/@ada/video/{id}")).StatusCode);
        await ShowToAsync(client, creator, id, "SELF_ONLY");
        await ShowToAsync(client, creator, id, "PUBLIC_TO_EVERYONE");
        Assert.Equal(200, (int)(await client.Platform.Http.GetAsync($"/@ada/video/{id}")).StatusCode);

        var told = await client.EventsAsync();
        Assert.Equal(["post.publish.complete", "post.publish.publicly_available", "post.publish.no_longer_publicaly_available", "post.publish.publicly_available"], told.Select(one => one.Name));
        Assert.All(told.Skip(1), one => Assert.Equal((id, "DIRECT_PUBLISH"), (one.Content.GetProperty("post_id").GetString(), one.Content.GetProperty("publish_type").GetString())));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_deleted_post_is_gone_with_its_files_and_likes_and_the_app_hears_of_it(Engine engine)
    {
        await using var client = await ConnectedApp.OpenAsync(engine: engine);
        await client.ListenAsync();
        var id = await client.PublishAsync();
        var video = (await client.Platform.Service<VideoStore>().FindAsync(id, CancellationToken.None))!; // just published
        await client.Platform.Service<Applause>().LikeAsync(video, (await ConnectedApp.CreatorAsync(client.Platform, "bruno")).Id, CancellationToken.None);
        using var creator = await client.CreatorAsync();
        var path = $"/@ada/video/{id}/delete";
        client.Platform.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("/@ada?deleted", (await creator.SubmitAsync(await creator.GetAsync(path), path)).Location);

        Assert.Equal(404, (await creator.GetAsync($"/@ada/video/{id}")).Status);
        Assert.Equal(0, (await client.Platform.Service<VideoStore>().FindCreatorAsync(client.Creator.Id, CancellationToken.None))!.LikesCount); // the account stands
        Assert.Equal("post.publish.no_longer_publicaly_available", (await client.EventsAsync())[^1].Name);
        await DraftSpecs.UntilAsync(async () => await client.Platform.Service<IBlobStore>().LengthAsync(video.BlobKey, CancellationToken.None) is null);
        var status = (await client.CallAsync(HttpMethod.Post, "/v2/video/list/?fields=id", "{}")).Json.GetProperty("data").GetProperty("videos");
        Assert.Equal(0, status.GetArrayLength());
    }

    [Fact]
    public async Task A_deleted_private_post_was_never_public_and_nothing_is_said()
    {
        await using var client = await ConnectedApp.OpenAsync();
        await client.ListenAsync();
        await client.PostAsync(ConnectedApp.Clip(), "SELF_ONLY");
        var id = (await client.Platform.Service<VideoStore>().ListAllAsync(client.Creator.Id, long.MaxValue, 1, CancellationToken.None))[0].Id;
        Assert.True(await client.Platform.Service<ChangePosts>().DeleteAsync(client.Creator.Id, id, CancellationToken.None));
        Assert.Equal(["post.publish.complete"], (await client.EventsAsync()).Select(told => told.Name));
    }

    [Fact]
    public async Task Nobody_else_changes_or_deletes_a_post()
    {
        await using var client = await ConnectedApp.OpenAsync();
        var id = await client.PublishAsync();
        var bruno = await ConnectedApp.CreatorAsync(client.Platform, "bruno");
        using var browser = client.Platform.Visitor();
        await browser.LogInAsync("bruno");
        Assert.Null((await browser.GetAsync($"/@ada/video/{id}")).Page.QuerySelector("#own-post"));
        Assert.Equal(404, (await browser.GetAsync($"/@ada/video/{id}/delete")).Status);
        Assert.False(await client.Platform.Service<ChangePosts>().DeleteAsync(bruno.Id, id, CancellationToken.None));
        Assert.False(await client.Platform.Service<ChangePosts>().ShowToAsync(bruno.Id, id, "SELF_ONLY", CancellationToken.None));
        Assert.False(await client.Platform.Service<ChangePosts>().ShowToAsync(client.Creator.Id, id, "FOLLOWER_OF_CREATOR", CancellationToken.None));
        Assert.Equal(200, (int)(await client.Platform.Http.GetAsync($"/@ada/video/{id}")).StatusCode);
    }

    [Fact]
    public async Task A_private_post_made_public_waits_for_moderation_once()
    {
        await using var client = await ConnectedApp.OpenAsync(posting: options => options.ModerationFor = TimeSpan.FromMinutes(1));
        await client.ListenAsync();
        await client.PostAsync(ConnectedApp.Clip(), "SELF_ONLY");
        var id = (await client.Platform.Service<VideoStore>().ListAllAsync(client.Creator.Id, long.MaxValue, 1, CancellationToken.None))[0].Id;
        var posts = client.Platform.Service<ChangePosts>();
        await posts.ShowToAsync(client.Creator.Id, id, "PUBLIC_TO_EVERYONE", CancellationToken.None);
        Assert.Equal(404, (int)(await client.Platform.Http.GetAsync($"/@ada/video/{id}")).StatusCode);

        client.Platform.Clock.Advance(TimeSpan.FromMinutes(1));
        await DraftSpecs.UntilAsync(async () => !await client.Platform.Service<Announcements>().RunDueAsync(CancellationToken.None));
        Assert.Equal("post.publish.publicly_available", (await client.EventsAsync())[^1].Name);
        await posts.ShowToAsync(client.Creator.Id, id, "SELF_ONLY", CancellationToken.None);
        await posts.ShowToAsync(client.Creator.Id, id, "PUBLIC_TO_EVERYONE", CancellationToken.None);
        Assert.Equal(200, (int)(await client.Platform.Http.GetAsync($"/@ada/video/{id}")).StatusCode);
    }

    [Fact]
    public async Task An_account_that_turns_private_takes_every_public_post_along()
    {
        await using var client = await ConnectedApp.OpenAsync();
        await client.ListenAsync();
        await client.PublishAsync();
        await client.PublishAsync();
        using var creator = await client.CreatorAsync();
        var page = await creator.GetAsync("/settings/profile");
        await creator.SubmitAsync(page, "/settings/profile", ("isPrivate", "true"));
        Assert.Equal(2, (await client.EventsAsync()).Count(told => told.Name == "post.publish.no_longer_publicaly_available"));
        await creator.SubmitAsync(await creator.GetAsync("/settings/profile"), "/settings/profile", ("isPrivate", Visitor.Untick));
        Assert.Equal(4, (await client.EventsAsync()).Count(told => told.Name == "post.publish.publicly_available"));
    }

    private static async Task<Visit> ShowToAsync(ConnectedApp client, Visitor creator, string id, string privacy)
    {
        client.Platform.Clock.Advance(TimeSpan.FromSeconds(1));
        var path = $"/@ada/video/{id}";
        return await creator.SubmitAsync(await creator.GetAsync(path), path + "/audience", ("privacy", privacy));
    }
}
