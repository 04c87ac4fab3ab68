using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Holdfast.Studio.Media;

namespace Holdfast.Specs.Studio.Media;

/// <summary>Videos come in whole or not at all, are what they say, and go out in ranges.</summary>
public sealed class UploadSpecs
{
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_video_is_stored_with_its_length_and_size_and_plays_in_ranges()
    {
        await using var studio = await SignedInStudio.StartAsync(Now);
        using var answer = await UploadAsync(studio, Clip(studio), "Wheel – take 2.mp4");
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);

        var media = await OnlyMediaAsync(studio);
        Assert.Equal(("Wheel – take 2.mp4", VideoFacts.Mp4, 540, 960), (media.FileName, media.ContentType, media.Width, media.Height));
        Assert.InRange(media.Duration!.Value.TotalSeconds, 5, 9);
        using var request = new HttpRequestMessage(HttpMethod.Get, media.Url);
        request.Headers.Range = new RangeHeaderValue(100, 199);
        using var part = await studio.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(Clip(studio)[100..200], await part.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("qt  ", VideoFacts.QuickTime)]
    [InlineData("isom", VideoFacts.Mp4)]
    public async Task P20_a_mov_is_taken_as_a_video_whatever_it_is_called(string brand, string expected)
    {
        await using var studio = await SignedInStudio.StartAsync(Now);
        var clip = Clip(studio);
        Encoding.ASCII.GetBytes(brand).CopyTo(clip, 8);

        using var answer = await UploadAsync(studio, clip, "holiday.bin");

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal(expected, (await OnlyMediaAsync(studio)).ContentType);
    }

    [Fact]
    public async Task P20_a_webm_is_taken_as_a_video()
    {
        await using var studio = await SignedInStudio.StartAsync(Now);
        byte[] webm = [0x1A, 0x45, 0xDF, 0xA3, 0x9F, 0x42, 0x86, 0x81, 0x01, 0x42, 0x82, 0x84, .. "webm"u8, .. new byte[200]];

        using var answer = await UploadAsync(studio, webm, "clip.webm");

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal(VideoFacts.WebM, (await OnlyMediaAsync(studio)).ContentType);
    }

    [Theory]
    [InlineData("notes.mp4", "not a video at all, however it is called; some more words to be long enough", "not an MP4")]
    [InlineData("cover.png", "\u0089PNG and so on and so forth and a little more and more and more and more", "not an MP4")]
    [InlineData("nothing.mp4", "", "empty")]
    public async Task P19_what_is_no_video_is_refused_by_its_name_and_leaves_nothing(string name, string content, string sentence)
    {
        await using var studio = await SignedInStudio.StartAsync(Now);

        using var answer = await UploadAsync(studio, Encoding.UTF8.GetBytes(content), name);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var told = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("error").GetString();
        Assert.Contains(name, told, StringComparison.Ordinal);
        Assert.Contains(sentence, told, StringComparison.Ordinal);
        AssertNothingIsLeft(studio);
    }

    [Theory]
    [InlineData("avc1", 540, 960, 601, "media.refused.long")]
    [InlineData("avc1", 540, 4098, 60, "media.refused.large-picture")]
    [InlineData("avc1", 358, 960, 60, "media.refused.small-picture")]
    [InlineData("mp4v", 540, 960, 60, "media.refused.codec")]
    [InlineData("hvc1", 1080, 1920, 60, null)]
    public void P19_each_of_TikToks_rules_has_its_own_sentence(string codec, int width, int height, int seconds, string? expected) =>
        Assert.Equal(expected, VideoRules.Problem(new(VideoFacts.Mp4, TimeSpan.FromSeconds(seconds), width, height, codec, 30)));

    [Fact]
    public async Task An_upload_that_breaks_off_leaves_nothing_behind()
    {
        await using var studio = await SignedInStudio.StartAsync(Now);
        var clip = Clip(studio);

        await Assert.ThrowsAnyAsync<Exception>(() => UploadAsync(studio, new BreaksOff(clip, clip.Length / 2), "half.mp4", clip.Length));

        for (var tries = 0; tries < 100 && await CountAsync(studio) > 0; tries++)
            await Task.Delay(TimeSpan.FromMilliseconds(50), TestClock.System);
        AssertNothingIsLeft(studio);
    }

    [Fact]
    public async Task What_a_power_cut_left_of_an_upload_is_swept_the_next_day()
    {
        await using var studio = await SignedInStudio.StartAsync(Now);
        await studio.Service<MediaStore>().BeginAsync(studio.Workspace.Id, "half.mp4", "Maren");
        await studio.Service<SweepUploads>().RunDueAsync(default);
        Assert.Equal(1, await CountAsync(studio));

        studio.Clock.Advance(SweepUploads.After + TimeSpan.FromMinutes(1));
        await studio.Service<SweepUploads>().RunDueAsync(default);

        Assert.Equal(0, await CountAsync(studio));
    }

    [Fact]
    public async Task A_page_of_another_site_cannot_upload()
    {
        await using var studio = await SignedInStudio.StartAsync(Now);
        using var content = new ByteArrayContent(Clip(studio));

        using var answer = await studio.Http.PostAsync("/media", content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        AssertNothingIsLeft(studio);
    }

    [Fact]
    public async Task Videos_of_another_workspace_are_not_there()
    {
        await using var studio = await SignedInStudio.StartAsync(Now);
        var strange = await studio.Service<MediaStore>().UseSampleAsync("another-workspace", studio.Service<Samples>().All[0], "x");

        Assert.Equal(HttpStatusCode.NotFound, (await studio.Http.GetAsync(strange.Url)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await studio.Http.GetAsync($"/media/{strange.Id}/cover")).StatusCode);
    }

    [Fact]
    public async Task Every_sample_has_a_title_a_cover_and_a_video_TikTok_takes()
    {
        await using var studio = await SignedInStudio.StartAsync(Now);
        var samples = studio.Service<Samples>().All;

        Assert.Equal(6, samples.Count);
        Assert.All(samples, sample =>
        {
            Assert.NotEqual(sample.Name, sample.Title);
            Assert.Null(VideoRules.Problem(sample.Facts));
            Assert.NotNull(sample.OpenCover());
        });
    }

    internal static byte[] Clip(SignedInStudio studio)
    {
        using var clip = studio.Service<Samples>().All[0].OpenVideo()!; // embedded
        var bytes = new byte[clip.Length];
        clip.ReadExactly(bytes);
        return bytes;
    }

    internal static Task<HttpResponseMessage> UploadAsync(SignedInStudio studio, byte[] content, string name) => UploadAsync(studio, new MemoryStream(content), name, content.Length);

    internal static async Task<HttpResponseMessage> UploadAsync(SignedInStudio studio, Stream content, string name, long length)
    {
        var token = (await studio.PageAsync("/compose")).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!; // every page of a member has a form
        using var request = new HttpRequestMessage(HttpMethod.Post, "/media") { Content = new StreamContent(content) };
        request.Content.Headers.ContentLength = length;
        request.Headers.Add("X-Antiforgery", token);
        request.Headers.Add("X-File-Name", Uri.EscapeDataString(name));
        return await studio.Http.SendAsync(request);
    }

    internal static async Task<MediaRow> OnlyMediaAsync(SignedInStudio studio) =>
        Assert.Single(await studio.Database.ReadAsync(session => session.ListAsync<MediaRow>($"select {MediaRow.Columns} from media")));

    private static Task<long> CountAsync(SignedInStudio studio) => studio.Database.ReadAsync(session => session.FirstAsync<long>("select count(*) from media"));

    private static void AssertNothingIsLeft(SignedInStudio studio)
    {
        Assert.Equal(0, CountAsync(studio).GetAwaiter().GetResult());
        var folder = Path.Combine(studio.Folder, "studio-media");
        Assert.Empty(Directory.Exists(folder) ? Directory.GetFiles(folder, "*", SearchOption.AllDirectories) : []);
    }

    private sealed class BreaksOff(byte[] content, int after) : MemoryStream(content)
    {
        public override int Read(byte[] buffer, int offset, int count) => Position >= after ? throw new IOException("the line broke") : base.Read(buffer, offset, Math.Min(count, 8192));

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.FromResult(Read(buffer, offset, count));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var bytes = new byte[Math.Min(buffer.Length, 8192)];
            var read = Read(bytes, 0, bytes.Length);
            bytes.AsMemory(0, read).CopyTo(buffer);
            return ValueTask.FromResult(read);
        }
    }
}
