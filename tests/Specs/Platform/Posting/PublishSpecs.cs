using System.Text.RegularExpressions;
using Holdfast.Platform.Posting;
using Holdfast.Platform.Posting.Inspection;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Posting;

public sealed class PublishSpecs
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_public_post_is_published_and_its_id_is_told_as_a_number(Engine engine)
    {
        await using var client = await ConnectedApp.OpenAsync(engine: engine);
        var status = await client.PostAsync(ConnectedApp.Clip());
        Assert.Equal("PUBLISH_COMPLETE", status.Data("status"));
        Assert.Matches(new Regex(@"""publicaly_available_post_id"":\[\d{19}\]"), status.Body);
    }

    [Fact]
    public async Task A_private_post_is_published_without_an_id()
    {
        await using var client = await ConnectedApp.OpenAsync();
        var status = await client.PostAsync(ConnectedApp.Clip(), "SELF_ONLY");
        Assert.Equal("PUBLISH_COMPLETE", status.Data("status"));
        Assert.Equal("", status.Data("publicaly_available_post_id"));
    }

    [Fact]
    public async Task The_id_of_a_public_post_is_told_once_moderation_is_done()
    {
        await using var client = await ConnectedApp.OpenAsync(posting: options => options.ModerationFor = TimeSpan.FromMinutes(1));
        var begun = await client.InitAsync(ConnectedApp.Clip().Length);
        await client.PutAsync(begun.Data("upload_url"), ConnectedApp.Clip(), $"bytes 0-{ConnectedApp.Clip().Length - 1}/{ConnectedApp.Clip().Length}");
        Assert.DoesNotContain("publicaly", (await client.FinalAsync(begun.Data("publish_id"))).Body, StringComparison.Ordinal);

        client.Platform.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Contains("publicaly", (await client.StatusAsync(begun.Data("publish_id"))).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Checks_begin_when_the_processing_time_is_over()
    {
        await using var client = await ConnectedApp.OpenAsync(posting: options => options.ProcessingFor = TimeSpan.FromSeconds(3));
        var clip = ConnectedApp.Clip();
        var begun = await client.InitAsync(clip.Length);
        await client.PutAsync(begun.Data("upload_url"), clip, $"bytes 0-{clip.Length - 1}/{clip.Length}");
        await client.Platform.Service<ProcessUploads>().RunDueAsync(CancellationToken.None);
        Assert.Equal("PROCESSING_UPLOAD", (await client.StatusAsync(begun.Data("publish_id"))).Data("status"));

        client.Platform.Clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal("PUBLISH_COMPLETE", (await client.FinalAsync(begun.Data("publish_id"))).Data("status"));
    }

    [Fact]
    public async Task A_file_that_is_no_video_fails_its_format_check()
    {
        await using var client = await ConnectedApp.OpenAsync();
        var status = await client.PostAsync("this is a text that calls itself a video"u8.ToArray());
        Assert.Equal(("FAILED", "file_format_check_failed"), (status.Data("status"), status.Data("fail_reason")));
    }

    [Fact]
    public async Task A_video_cut_off_fails_its_format_check()
    {
        await using var client = await ConnectedApp.OpenAsync();
        Assert.Equal("file_format_check_failed", (await client.PostAsync(ConnectedApp.Clip()[..^2000])).Data("fail_reason"));
    }

    [Fact]
    public async Task A_video_longer_than_the_account_may_post_fails_its_duration_check()
    {
        await using var client = await ConnectedApp.OpenAsync();
        await client.SetAsync("longest_video_seconds", 3);
        Assert.Equal("duration_check_failed", (await client.PostAsync(ConnectedApp.Clip())).Data("fail_reason"));
    }

    [Fact]
    public async Task Access_removed_while_the_video_is_checked_fails_the_post()
    {
        await using var client = await ConnectedApp.OpenAsync();
        var clip = ConnectedApp.Clip();
        var begun = await client.InitAsync(clip.Length);
        await client.Platform.RevokeAsync(client.App, client.Token);
        Assert.Equal(201, (await client.PutAsync(begun.Data("upload_url"), clip, $"bytes 0-{clip.Length - 1}/{clip.Length}")).Status);
        client.Token = (await client.Platform.GrantAsync(client.App, client.Creator, ConnectedApp.AllScopes)).Access;

        var status = await client.FinalAsync(begun.Data("publish_id"));

        Assert.Equal(("FAILED", "auth_removed"), (status.Data("status"), status.Data("fail_reason")));
    }

    [Fact]
    public async Task A_ban_while_the_video_is_checked_fails_the_post()
    {
        await using var client = await ConnectedApp.OpenAsync();
        var clip = ConnectedApp.Clip();
        var begun = await client.InitAsync(clip.Length);
        await client.SetAsync("banned_from_posting_at", 1L);
        await client.PutAsync(begun.Data("upload_url"), clip, $"bytes 0-{clip.Length - 1}/{clip.Length}");
        Assert.Equal("spam_risk_user_banned_from_posting", (await client.FinalAsync(begun.Data("publish_id"))).Data("fail_reason"));
    }

    [Fact]
    public async Task Another_apps_publish_id_is_refused_and_an_unknown_one_too()
    {
        await using var client = await ConnectedApp.OpenAsync();
        var begun = await client.InitAsync(1000);
        var other = await client.Platform.AppAsync("other");
        client.Token = (await client.Platform.GrantAsync(other, client.Creator, ConnectedApp.AllScopes)).Access;

        Assert.Equal((400, "token_not_authorized_for_specified_publish_id"), await CodeAsync(client, begun.Data("publish_id")));
        Assert.Equal((400, "invalid_publish_id"), await CodeAsync(client, "v_pub_file~v2-1.1234567890123456789"));
    }

    [Theory]
    [InlineData("glaze")]
    [InlineData("kiln")]
    [InlineData("wheel")]
    public async Task The_box_reader_reads_what_ffprobe_reads(string clip)
    {
        using var file = new MemoryStream(ConnectedApp.Clip(clip));
        var facts = await Movies.ReadAsync(file, CancellationToken.None);
        Assert.NotNull(facts);
        Assert.Equal(("video/mp4", "avc1", 540, 960), (facts.ContentType, facts.Codec, facts.Width, facts.Height));
        Assert.InRange(facts.FramesPerSecond!.Value, 23.9, 24.1);
        Assert.InRange(facts.Duration!.Value.TotalSeconds, 5.9, 7.2);
    }

    [Fact]
    public async Task A_box_that_claims_more_than_there_is_makes_no_video()
    {
        var clip = ConnectedApp.Clip();
        var moov = clip.AsSpan().IndexOf("moov"u8) - 4;
        clip[moov] = 0x7f;
        using var file = new MemoryStream(clip);
        Assert.Null(await Movies.ReadAsync(file, CancellationToken.None));
    }

    [Fact]
    public async Task Boxes_in_boxes_without_end_make_no_video_and_harm_nobody()
    {
        List<byte> nest = [];
        for (var depth = 0; depth < 50_000; depth++)
        {
            nest.AddRange(BitConverter.GetBytes(8 * (50_000 - depth)).Reverse());
            nest.AddRange(depth == 0 ? "moov"u8 : depth == 1 ? "trak"u8 : "mdia"u8);
        }
        using var file = new MemoryStream([.. nest]);
        Assert.Null(await Movies.ReadAsync(file, CancellationToken.None));

        using var elements = new MemoryStream([0x1A, 0x45, 0xDF, 0xA3, 0x80, .. Enumerable.Repeat<byte[]>([0x18, 0x53, 0x80, 0x67, 0xFF], 50_000).SelectMany(one => one)]);
        Assert.Null(await Movies.ReadAsync(elements, CancellationToken.None));
    }

    [Fact]
    public async Task A_damaged_file_is_read_or_refused_but_never_breaks_the_reader()
    {
        var chance = new Random(7);
        var clip = ConnectedApp.Clip();
        var moov = clip.AsSpan().IndexOf("moov"u8);
        for (var round = 0; round < 2_000; round++)
        {
            var damaged = (byte[])clip.Clone();
            for (var hits = chance.Next(1, 6); hits > 0; hits--)
                damaged[Math.Min(damaged.Length - 1, chance.Next(2) == 0 ? moov + chance.Next(700) : chance.Next(damaged.Length))] = (byte)chance.Next(256);
            using var file = new MemoryStream(damaged);
            await Movies.ReadAsync(file, CancellationToken.None); // throwing is the failure
        }
    }

    [Theory]
    [InlineData(359, 960, 30, "picture_size_check_failed")]
    [InlineData(540, 4097, 30, "picture_size_check_failed")]
    [InlineData(540, 960, 22, "frame_rate_check_failed")]
    [InlineData(540, 960, 61, "frame_rate_check_failed")]
    [InlineData(360, 4096, 60, null)]
    public void Sides_and_rates_at_the_limits_are_told_apart(int width, int height, double rate, string? problem) =>
        Assert.Equal(problem, VideoRule.Problem(new MovieFacts { ContentType = "video/mp4", Codec = "avc1", Duration = TimeSpan.FromSeconds(10), Width = width, Height = height, FramesPerSecond = rate }, TimeSpan.FromMinutes(10)));

    private static async Task<(int, string)> CodeAsync(ConnectedApp client, string publishId)
    {
        var answer = await client.StatusAsync(publishId);
        return (answer.Status, answer.Code);
    }
}
