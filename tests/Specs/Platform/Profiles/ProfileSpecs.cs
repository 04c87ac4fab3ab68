using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Holdfast.People.Sessions;
using Holdfast.Platform.Profiles;
using Holdfast.Specs.Platform.Posting;

namespace Holdfast.Specs.Platform.Profiles;

public sealed class ProfileSpecs
{
    [Fact]
    public async Task A_player_gets_exactly_the_range_it_asks_for()
    {
        await using var client = await ConnectedApp.OpenAsync();
        var id = await client.PublishAsync();
        var clip = ConnectedApp.Clip();

        using var request = new HttpRequestMessage(HttpMethod.Get, $"/@ada/video/{id}/file") { Headers = { Range = new RangeHeaderValue(1000, 1999) } };
        using var part = await client.Platform.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal($"bytes 1000-1999/{clip.Length}", part.Content.Headers.ContentRange?.ToString());
        Assert.Equal("video/mp4", part.Content.Headers.ContentType?.MediaType);
        Assert.Equal(clip[1000..2000], await part.Content.ReadAsByteArrayAsync());

        using var beyond = new HttpRequestMessage(HttpMethod.Get, $"/@ada/video/{id}/file") { Headers = { Range = new RangeHeaderValue(clip.Length, null) } };
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, (await client.Platform.Http.SendAsync(beyond)).StatusCode);
        Assert.Equal(clip, await client.Platform.Http.GetByteArrayAsync($"/@ada/video/{id}/file"));
    }

    [Fact]
    public async Task A_private_video_exists_for_its_owner_only()
    {
        await using var client = await ConnectedApp.OpenAsync();
        await client.PostAsync(ConnectedApp.Clip(), "SELF_ONLY", "my secret");
        var id = (await client.Platform.Service<VideoStore>().ListAllAsync(client.Creator.Id, long.MaxValue, 1, CancellationToken.None))[0].Id;
        using var owner = await SignedInAsync(client, client.Creator.Id);
        using var stranger = await SignedInAsync(client, (await ConnectedApp.CreatorAsync(client.Platform, "bruno")).Id);

        foreach (var path in (string[])["", "/file", "/cover"])
        {
            Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync($"/@ada/video/{id}{path}")).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/@ada/video/{id}{path}")).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await client.Platform.Http.GetAsync($"/@ada/video/{id}{path}")).StatusCode);
        }
        Assert.Contains("my secret", await owner.GetStringAsync("/@ada"), StringComparison.Ordinal);
        Assert.DoesNotContain("my secret", await stranger.GetStringAsync("/@ada"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_turns_private_hides_its_videos_from_pages_and_lists()
    {
        await using var client = await ConnectedApp.OpenAsync();
        var id = await client.PublishAsync();
        Assert.Contains(id, await client.Platform.Http.GetStringAsync("/@ada"), StringComparison.Ordinal);

        await client.SetAsync("is_private", true);

        Assert.Equal(HttpStatusCode.NotFound, (await client.Platform.Http.GetAsync($"/@ada/video/{id}/file")).StatusCode);
        Assert.Contains("private account", await client.Platform.Http.GetStringAsync("/@ada"), StringComparison.Ordinal);
        Assert.Equal(0, (await client.CallAsync(HttpMethod.Post, "/v2/video/list/?fields=id", "{}")).Json.GetProperty("data").GetProperty("videos").GetArrayLength());
    }

    [Fact]
    public async Task A_video_is_found_under_its_own_account_only()
    {
        await using var client = await ConnectedApp.OpenAsync();
        await ConnectedApp.CreatorAsync(client.Platform, "bruno");
        var id = await client.PublishAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await client.Platform.Http.GetAsync($"/@bruno/video/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.Platform.Http.GetAsync("/@nobody")).StatusCode);
    }

    [Fact]
    public async Task A_caption_is_text_and_its_tags_are_marked()
    {
        await using var client = await ConnectedApp.OpenAsync();
        var id = await client.PublishAsync("<script>alert(1)</script> mind the a#b #clay");
        var page = await client.Platform.Http.GetStringAsync($"/@ada/video/{id}");
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.Contains("""<span class="watch-tag">#clay</span>""", page, StringComparison.Ordinal);
        Assert.DoesNotContain(">#b<", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_like_counts_once_and_can_be_taken_back()
    {
        await using var client = await ConnectedApp.OpenAsync();
        var id = await client.PublishAsync();
        using var fan = await SignedInAsync(client, (await ConnectedApp.CreatorAsync(client.Platform, "bruno")).Id);

        await SubmitAsync(fan, $"/@ada/video/{id}", "like", ("like", "true"));
        await SubmitAsync(fan, $"/@ada/video/{id}", "like", ("like", "true"));
        Assert.Equal((1, 1), await LikesAsync(client));

        await SubmitAsync(fan, $"/@ada/video/{id}", "like", ("like", "false"));
        Assert.Equal((0, 0), await LikesAsync(client));
    }

    [Fact]
    public async Task A_view_counts_once_per_pair_of_eyes_until_half_an_hour_is_over()
    {
        await using var client = await ConnectedApp.OpenAsync();
        var id = await client.PublishAsync();
        using var visitor = client.Platform.Browserless();

        await SubmitAsync(visitor, $"/@ada/video/{id}", "view");
        await SubmitAsync(visitor, $"/@ada/video/{id}", "view");
        Assert.Equal(1, await ViewsAsync(client, id));

        client.Platform.Clock.Advance(TimeSpan.FromMinutes(30));
        await SubmitAsync(visitor, $"/@ada/video/{id}", "view");
        Assert.Equal(2, await ViewsAsync(client, id));
    }

    [Fact]
    public async Task A_view_or_like_without_the_pages_token_is_refused()
    {
        await using var client = await ConnectedApp.OpenAsync();
        var id = await client.PublishAsync();
        using var empty = new FormUrlEncodedContent([]);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.Platform.Http.PostAsync($"/@ada/video/{id}/view", empty)).StatusCode);
        Assert.Equal(0, await ViewsAsync(client, id));
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(999, "999")]
    [InlineData(1_000, "1K")]
    [InlineData(1_999, "1.9K")]
    [InlineData(99_999, "99.9K")]
    [InlineData(100_999, "100K")]
    [InlineData(1_250_000, "1.2M")]
    public void Counts_are_short_and_never_more_than_they_are(long count, string text) => Assert.Equal(text, ShortCount.Of(count));

    [Fact]
    public async Task Who_has_no_picture_gets_a_drawn_one()
    {
        await using var client = await ConnectedApp.OpenAsync();
        using var avatar = await client.Platform.Http.GetAsync("/@ada/avatar");
        Assert.Equal("image/svg+xml", avatar.Content.Headers.ContentType?.MediaType);
    }

    private static async Task<HttpClient> SignedInAsync(ConnectedApp client, string personId)
    {
        var http = client.Platform.Browserless();
        http.DefaultRequestHeaders.Add("Cookie", "hf_platform_session=" + await client.Platform.Service<SessionStore>().BeginAsync(personId, "specs", "127.0.0.1"));
        return http;
    }

    /// <summary>Sends a form of a page with the page's own anti-forgery token and cookie, as a browser does.</summary>
    private static async Task SubmitAsync(HttpClient browser, string path, string form, params (string Name, string Value)[] fields)
    {
        using var page = await browser.GetAsync(path);
        var token = Regex.Match(await page.Content.ReadAsStringAsync(), @"name=""__RequestVerificationToken"" value=""([^""]+)""").Groups[1].Value;
        var cookie = page.Headers.TryGetValues("Set-Cookie", out var set) ? set.First().Split(';')[0] : "";
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{path}/{form}")
        {
            Content = new FormUrlEncodedContent([new("__RequestVerificationToken", token), .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))]),
        };
        var session = browser.DefaultRequestHeaders.TryGetValues("Cookie", out var known) ? string.Join("; ", known) + "; " : "";
        request.Headers.Add("Cookie", session + cookie);
        using var handler = new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false };
        using var bare = new HttpClient(handler) { BaseAddress = browser.BaseAddress };
        using var answer = await bare.SendAsync(request);
        Assert.True((int)answer.StatusCode < 400, $"{form} got {(int)answer.StatusCode}");
    }

    private static async Task<(long Video, long Creator)> LikesAsync(ConnectedApp client)
    {
        var videos = client.Platform.Service<VideoStore>();
        return ((await videos.ListAllAsync(client.Creator.Id, long.MaxValue, 1, CancellationToken.None))[0].LikeCount, (await videos.FindCreatorAsync(client.Creator.Id, CancellationToken.None))!.LikesCount);
    }

    private static async Task<long> ViewsAsync(ConnectedApp client, string id) => (await client.Platform.Service<VideoStore>().FindAsync(id, CancellationToken.None))!.ViewCount;
}
