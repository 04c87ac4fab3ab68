using Holdfast.Platform.Posting.Inspection;
using Holdfast.Platform.Profiles;
using Holdfast.Specs.Platform.Authorize;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Posting;

public sealed class PhotoSpecs
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Photos_come_from_their_addresses_onto_the_profile_in_order(Engine engine)
    {
        await using var client = await ConnectedApp.OpenAsync(engine: engine);
        await using var media = await MediaServer.StartAsync();
        await client.OwnAsync(media.Address);
        await client.ListenAsync();
        string[] urls = [media.Put("a.jpg", MediaServer.Jpeg(1080, 1350)), media.Put("b.webp", MediaServer.Webp(1080, 1920))];

        var begun = await client.PhotosAsync(urls, cover: 1);
        Assert.Matches(@"^p_pub_url~v2\.\d{19}$", begun.Data("publish_id"));
        Assert.Equal("", begun.Data("upload_url"));
        var status = await client.FinalAsync(begun.Data("publish_id"));

        Assert.Equal("PUBLISH_COMPLETE", status.Data("status"));
        Assert.Equal((MediaServer.Jpeg(1, 1).Length + MediaServer.Webp(1, 1).Length).ToString(System.Globalization.CultureInfo.InvariantCulture), status.Data("downloaded_bytes"));
        var id = status.Json.GetProperty("data").GetProperty("publicaly_available_post_id")[0].GetRawText();
        Assert.Equal(MediaServer.Jpeg(1080, 1350), await client.Platform.Http.GetByteArrayAsync($"/@ada/video/{id}/photo/1"));
        Assert.Equal(MediaServer.Webp(1080, 1920), await client.Platform.Http.GetByteArrayAsync($"/@ada/video/{id}/photo/2"));
        using var cover = await client.Platform.Http.GetAsync($"/@ada/video/{id}/cover");
        Assert.Equal("image/webp", cover.Content.Headers.ContentType?.MediaType);
        Assert.Equal(404, (int)(await client.Platform.Http.GetAsync($"/@ada/video/{id}/photo/3")).StatusCode);

        var page = (await client.Platform.Visitor().GetAsync($"/@ada/video/{id}")).Page;
        Assert.Equal(["Photo 1 of 2: Two bowls · Out of the kiln", "Photo 2 of 2: Two bowls · Out of the kiln"], page.QuerySelectorAll(".photo img").Select(photo => photo.GetAttribute("alt") ?? ""));
        Assert.Equal(["#photo-2", "#photo-1"], page.QuerySelectorAll(".photo-steps a").Select(step => step.GetAttribute("href") ?? ""));
        Assert.Contains("Two bowls", (await client.Platform.Visitor().GetAsync("/@ada")).Text, StringComparison.Ordinal);
        Assert.Equal(["post.publish.complete", "post.publish.publicly_available"], (await client.EventsAsync()).Select(told => told.Name));
        var listed = (await client.CallAsync(HttpMethod.Post, "/v2/video/list/?fields=id,title,width,height", "{}")).Json.GetProperty("data").GetProperty("videos")[0];
        Assert.Equal((id, "Two bowls", 1080, 1920), (listed.GetProperty("id").GetString(), listed.GetProperty("title").GetString(), listed.GetProperty("width").GetInt32(), listed.GetProperty("height").GetInt32()));
    }

    [Fact]
    public async Task Photos_as_a_draft_wait_for_their_creator_who_may_change_every_word()
    {
        await using var client = await ConnectedApp.OpenAsync();
        await using var media = await MediaServer.StartAsync();
        await client.OwnAsync(media.Address);
        var begun = await client.PhotosAsync([media.Put("a.jpg", MediaServer.Jpeg(800, 800))], mode: "MEDIA_UPLOAD");
        Assert.Equal("SEND_TO_USER_INBOX", (await client.FinalAsync(begun.Data("publish_id"))).Data("status"));
        using var creator = await client.CreatorAsync();
        var path = await DraftSpecs.PathAsync(client, begun.Data("publish_id"));
        var page = await creator.GetAsync(path);
        Assert.Equal("Two bowls", page.Page.QuerySelector("#title")?.GetAttribute("value"));
        Assert.Equal("Out of the kiln", page.Page.QuerySelector("#caption")?.TextContent);
        Assert.Null(page.Page.QuerySelector("#duets"));
        Assert.Equal(200, (await creator.GetAsync(path + "/photo/1")).Status);

        await creator.SubmitAsync(page, path, ("title", "One bowl"), ("caption", "mine"), ("privacy", "PUBLIC_TO_EVERYONE"), ("decision", "post"));

        var post = Assert.Single(await client.Platform.Service<VideoStore>().ListAllAsync(client.Creator.Id, long.MaxValue, 5, CancellationToken.None));
        Assert.Equal(("photos", "One bowl", "mine"), (post.Kind, post.Title, post.Caption));
        Assert.Equal("PUBLISH_COMPLETE", (await client.StatusAsync(begun.Data("publish_id"))).Data("status"));
    }

    public static TheoryData<string, byte[], string> BadPictures => new()
    {
        { "PNG", [0x89, .. "PNG\r\n\u001a\n"u8, .. new byte[40]], "file_format_check_failed" },
        { "no picture", "<html>this calls itself a picture</html>"u8.ToArray(), "file_format_check_failed" },
        { "a JPEG cut off", MediaServer.Jpeg(800, 800)[..^6], "file_format_check_failed" },
        { "a WebP cut off", MediaServer.Webp(800, 800)[..^3], "file_format_check_failed" },
        { "nothing", [], "file_format_check_failed" },
        { "too long", MediaServer.Jpeg(1080, 1921), "picture_size_check_failed" },
        { "too wide both ways", MediaServer.Webp(1081, 1081), "picture_size_check_failed" },
    };

    [Theory, MemberData(nameof(BadPictures))]
    public async Task A_picture_is_what_its_bytes_say_and_one_bad_one_fails_the_post(string what, byte[] bytes, string reason)
    {
        Assert.NotEmpty(what);
        await using var client = await ConnectedApp.OpenAsync();
        await using var media = await MediaServer.StartAsync();
        await client.OwnAsync(media.Address);
        var begun = await client.PhotosAsync([media.Put("a.jpg", MediaServer.Jpeg(800, 800)), media.Put("b.jpg", bytes)]);
        var status = await client.FinalAsync(begun.Data("publish_id"));
        Assert.Equal(("FAILED", reason), (status.Data("status"), status.Data("fail_reason")));
    }

    [Fact]
    public async Task A_picture_of_more_than_20_MB_is_not_fetched_to_its_end()
    {
        await using var client = await ConnectedApp.OpenAsync();
        await using var media = await MediaServer.StartAsync();
        await client.OwnAsync(media.Address);
        var gone = new TaskCompletionSource();
        var url = media.Serve("endless.jpg", async http =>
        {
            http.RequestAborted.Register(gone.SetResult);
            for (var (block, sent) = (new byte[1024 * 1024], 0); sent < 30; sent++)
                await http.Response.Body.WriteAsync(block, http.RequestAborted);
            await gone.Task; // there would be more
        });
        Assert.Equal("picture_size_check_failed", (await client.FinalAsync((await client.PhotosAsync([url])).Data("publish_id"))).Data("fail_reason"));
        await gone.Task.WaitAsync(TimeSpan.FromSeconds(30), TestClock.System);
    }

    [Fact]
    public async Task One_missing_picture_fails_the_post_as_a_failed_fetch()
    {
        await using var client = await ConnectedApp.OpenAsync();
        await using var media = await MediaServer.StartAsync();
        await client.OwnAsync(media.Address);
        var begun = await client.PhotosAsync([media.Put("a.jpg", MediaServer.Jpeg(800, 800)), media.Address + "gone.jpg"]);
        Assert.Equal("photo_pull_failed", (await client.FinalAsync(begun.Data("publish_id"))).Data("fail_reason"));
    }

    [Theory]
    [InlineData(90, 4000, 1, 0, "ok")]
    [InlineData(91, 4000, 1, 0, "invalid_params")]
    [InlineData(90, 4001, 1, 0, "invalid_params")]
    [InlineData(0, 0, 35, 34, "ok")]
    [InlineData(0, 0, 35, 35, "invalid_params")]
    [InlineData(0, 0, 36, 0, "invalid_params")]
    [InlineData(0, 0, 0, 0, "invalid_params")]
    [InlineData(0, 0, 2, -1, "invalid_params")]
    public async Task Words_pictures_and_cover_have_limits(int title, int description, int pictures, int cover, string code)
    {
        await using var client = await ConnectedApp.OpenAsync();
        await client.OwnAsync("http://127.0.0.1:9/");
        var answer = await client.PhotosAsync([.. Enumerable.Repeat("http://127.0.0.1:9/a.jpg", pictures)], cover, title: new string('t', title), description: new string('d', description));
        Assert.Equal(code, answer.Code);
    }

    [Theory]
    [InlineData("""{"is_aigc":true,"post_info":{"privacy_level":"SELF_ONLY"},""")]
    [InlineData("""{"post_info":{"privacy_level":"SELF_ONLY","is_aigc":true},""")]
    public async Task Made_by_AI_may_be_said_at_either_place(string start)
    {
        await using var client = await ConnectedApp.OpenAsync();
        await client.OwnAsync("http://127.0.0.1:9/");
        var begun = await client.CallAsync(HttpMethod.Post, "/v2/post/publish/content/init/", start + """ "media_type":"PHOTO","post_mode":"DIRECT_POST","source_info":{"source":"PULL_FROM_URL","photo_images":["http://127.0.0.1:9/a.jpg"],"photo_cover_index":0}}""");
        Assert.True((await client.RowAsync(begun.Data("publish_id"))).IsAigc);
    }

    [Theory]
    [InlineData("31.7", 400)]
    [InlineData("31.8", 200)]
    [InlineData("32.0.1", 200)]
    public async Task A_draft_of_photos_needs_an_app_that_can_finish_it(string version, int status)
    {
        await using var client = await ConnectedApp.OpenAsync(posting: options => options.CreatorsAppVersion = new Version(version));
        await client.OwnAsync("http://127.0.0.1:9/");
        Assert.Equal(status, (await client.PhotosAsync(["http://127.0.0.1:9/a.jpg"], mode: "MEDIA_UPLOAD")).Status);
        Assert.Equal(200, (await client.PhotosAsync(["http://127.0.0.1:9/a.jpg"])).Status);
    }

    [Fact]
    public async Task Each_mode_needs_its_own_scope_before_the_rest_is_read()
    {
        await using var client = await ConnectedApp.OpenAsync("user.info.basic,video.upload");
        Assert.Equal("scope_not_authorized", (await client.CallAsync(HttpMethod.Post, "/v2/post/publish/content/init/", """{"post_mode":"DIRECT_POST"}""")).Code);
        Assert.Equal("invalid_params", (await client.CallAsync(HttpMethod.Post, "/v2/post/publish/content/init/", """{"post_mode":"MEDIA_UPLOAD"}""")).Code);
        client.Token = (await client.Platform.GrantAsync(client.App, client.Creator, "user.info.basic,video.publish")).Access;
        Assert.Equal("scope_not_authorized", (await client.CallAsync(HttpMethod.Post, "/v2/post/publish/content/init/", """{"post_mode":"MEDIA_UPLOAD"}""")).Code);
    }

    [Fact]
    public async Task A_damaged_picture_is_read_or_refused_but_never_breaks_the_reader()
    {
        var chance = new Random(7);
        foreach (var picture in (byte[][])[MediaServer.Jpeg(800, 600), MediaServer.Webp(800, 600)])
        {
            for (var round = 0; round < 2_000; round++)
            {
                var damaged = (byte[])picture.Clone();
                for (var hits = chance.Next(1, 6); hits > 0; hits--)
                    damaged[chance.Next(damaged.Length)] = (byte)chance.Next(256);
                using var file = new MemoryStream(damaged, 0, chance.Next(damaged.Length + 1));
                await Pictures.ReadAsync(file, CancellationToken.None); // throwing is the failure
            }
        }
    }

    [Theory]
    [InlineData("ada")]
    [InlineData("bruno")]
    public async Task A_real_picture_is_read(string name)
    {
        await using var file = File.OpenRead(Path.Combine(Repository.Root, "demo", "avatars", name + ".webp"));
        Assert.Equal("image/webp", (await Pictures.ReadAsync(file, CancellationToken.None))?.ContentType);
        await using var still = File.OpenRead(Path.Combine(Repository.Root, "demo", "clips", "glaze.jpg"));
        Assert.True(await Pictures.ReadAsync(still, CancellationToken.None) is { ContentType: "image/jpeg", Width: > 100, Height: > 100 });
    }

    [Fact]
    public async Task A_photo_post_of_an_account_that_turned_private_is_hidden_with_every_picture()
    {
        await using var client = await ConnectedApp.OpenAsync();
        await using var media = await MediaServer.StartAsync();
        await client.OwnAsync(media.Address);
        var status = await client.FinalAsync((await client.PhotosAsync([media.Put("a.jpg", MediaServer.Jpeg(800, 800))])).Data("publish_id"));
        var id = status.Json.GetProperty("data").GetProperty("publicaly_available_post_id")[0].GetRawText();
        await client.SetAsync("is_private", true);
        Assert.Equal(404, (int)(await client.Platform.Http.GetAsync($"/@ada/video/{id}/photo/1")).StatusCode);
        Assert.DoesNotContain("publicaly", (await client.StatusAsync((await client.RowAsync(await PublishIdAsync(client))).PublishId)).Body, StringComparison.Ordinal);
    }

    private static Task<string> PublishIdAsync(ConnectedApp client) =>
        client.Platform.Database.ReadAsync(async session => await session.FirstAsync<string>("select publish_id from upload") ?? "");
}
