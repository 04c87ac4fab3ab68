using System.Text.Json;
using Holdfast.Specs.Platform.Posting;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Display;

public sealed class DisplaySpecs
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory]
    [InlineData("user.info.basic", "open_id,display_name", 200)]
    [InlineData("user.info.profile", "open_id,display_name,username", 200)] // better-auth reads basic fields with profile only
    [InlineData("user.info.basic", "open_id,username", 401)]
    [InlineData("user.info.basic,user.info.profile", "username,likes_count", 401)]
    [InlineData("video.list", "open_id", 401)]
    [InlineData("user.info.basic", "", 400)]
    [InlineData("user.info.basic", "shoe_size", 400)]
    [InlineData("user.info.basic", "open_id,avatar_url_200", 200)] // clients in use ask for fields of former times
    [InlineData("user.info.basic", "shoe_size,username", 401)]
    public async Task A_field_needs_its_scope_and_one_without_fails_the_whole_call(string scopes, string fields, int status)
    {
        await using var client = await ConnectedApp.OpenAsync(scopes);
        var answer = await client.CallAsync(HttpMethod.Get, $"/v2/user/info/?fields={fields}");
        Assert.Equal(status, answer.Status);
        if (status != 200)
            Assert.Equal("{}", answer.Json.GetProperty("data").GetRawText());
    }

    [Fact]
    public async Task A_field_that_does_not_exist_is_passed_over_beside_fields_that_do()
    {
        await using var client = await ConnectedApp.OpenAsync("user.info.basic,video.list,video.publish");
        await client.PublishAsync();

        var user = await client.CallAsync(HttpMethod.Get, "/v2/user/info/?fields=open_id,avatar_url_100,avatar_url_200,display_name");
        var videos = await client.CallAsync(HttpMethod.Post, "/v2/video/list/?fields=shoe_size,id", "{}");

        Assert.Equal(["open_id", "avatar_url_100", "display_name"], user.Json.GetProperty("data").GetProperty("user").EnumerateObject().Select(member => member.Name));
        Assert.Equal(["id"], videos.Json.GetProperty("data").GetProperty("videos")[0].EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task Exactly_the_fields_asked_for_come_back_with_and_without_the_last_slash()
    {
        await using var client = await ConnectedApp.OpenAsync();
        var user = (await client.CallAsync(HttpMethod.Get, "/v2/user/info?fields=open_id,union_id,video_count,is_verified")).Json.GetProperty("data").GetProperty("user");
        Assert.Equal(["open_id", "union_id", "video_count", "is_verified"], user.EnumerateObject().Select(member => member.Name));
        Assert.NotEqual("", user.GetProperty("union_id").GetString());
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Public_videos_are_listed_newest_first_and_the_cursor_loses_none(Engine engine)
    {
        await using var client = await ConnectedApp.OpenAsync(engine: engine);
        // On a clock that stands still: all four appear in the same millisecond.
        foreach (var title in (string[])["one", "two", "three", "four"])
            await client.PublishAsync(title);
        await client.PostAsync(ConnectedApp.Clip(), "SELF_ONLY", "secret");

        List<string> seen = [];
        for (var (cursor, more) = (0L, true); more;)
        {
            var page = (await client.CallAsync(HttpMethod.Post, "/v2/video/list/?fields=id,title", JsonSerializer.Serialize(new { cursor, max_count = 3 }))).Json.GetProperty("data");
            seen.AddRange(page.GetProperty("videos").EnumerateArray().Select(video => video.GetProperty("title").GetString()!));
            (cursor, more) = (page.GetProperty("cursor").GetInt64(), page.GetProperty("has_more").GetBoolean());
        }

        Assert.Equal(["four", "three", "two", "one"], seen);
    }

    [Theory]
    [InlineData("""{"max_count":21}""")]
    [InlineData("""{"max_count":0}""")]
    [InlineData("""{"cursor":-1}""")]
    [InlineData("""{"cursor":"x"}""")]
    [InlineData("nonsense")]
    public async Task A_list_with_nonsense_in_it_is_refused(string body)
    {
        await using var client = await ConnectedApp.OpenAsync();
        Assert.Equal((400, "invalid_params"), await CodeAsync(client, "/v2/video/list/?fields=id", body));
    }

    [Fact]
    public async Task Only_own_public_videos_are_found_by_id()
    {
        await using var client = await ConnectedApp.OpenAsync();
        var mine = await client.PublishAsync();
        var other = await ConnectedApp.CreatorAsync(client.Platform, "bruno");
        client.Token = (await client.Platform.GrantAsync(client.App, other, ConnectedApp.AllScopes)).Access;
        var body = JsonSerializer.Serialize(new { filters = new { video_ids = new[] { mine } } });
        Assert.Equal(0, (await client.CallAsync(HttpMethod.Post, "/v2/video/query/?fields=id", body)).Json.GetProperty("data").GetProperty("videos").GetArrayLength());
        Assert.Equal((400, "invalid_params"), await CodeAsync(client, "/v2/video/query/?fields=id", "{}"));
    }

    [Fact]
    public async Task The_video_object_tells_the_file_as_it_is()
    {
        await using var client = await ConnectedApp.OpenAsync();
        var id = await client.PublishAsync("glaze <b> & more");
        var video = (await client.CallAsync(HttpMethod.Post, "/v2/video/list/?fields=id,width,height,duration,share_url,embed_html,cover_image_url,view_count", "{}")).Json.GetProperty("data").GetProperty("videos")[0];
        Assert.Equal((id, 540, 960), (video.GetProperty("id").GetString(), video.GetProperty("width").GetInt32(), video.GetProperty("height").GetInt32()));
        Assert.EndsWith($"/@ada/video/{id}?utm_campaign=tt4d_open_api&utm_source={client.App.ClientKey}", video.GetProperty("share_url").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", video.GetProperty("embed_html").GetString(), StringComparison.Ordinal);
        using var cover = await client.Platform.Http.GetAsync(video.GetProperty("cover_image_url").GetString());
        Assert.StartsWith("image/", cover.Content.Headers.ContentType?.MediaType, StringComparison.Ordinal);
    }

    private static async Task<(int, string)> CodeAsync(ConnectedApp client, string path, string body)
    {
        var answer = await client.CallAsync(HttpMethod.Post, path, body);
        return (answer.Status, answer.Code);
    }
}
