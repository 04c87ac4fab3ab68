using System.Text.Json;
using Holdfast.Platform.Posting;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Posting;

public sealed class PullSpecs
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_video_is_fetched_checked_and_published(Engine engine)
    {
        await using var client = await ConnectedApp.OpenAsync(engine: engine);
        await using var media = await MediaServer.StartAsync();
        await client.OwnAsync(media.Address);
        await client.ListenAsync();

        var begun = await client.PullAsync(media.Put("clip.mp4", ConnectedApp.Clip()));
        Assert.Matches(@"^v_pub_url~v2\.\d{19}$", begun.Data("publish_id"));
        Assert.Equal("", begun.Data("upload_url"));
        var status = await client.FinalAsync(begun.Data("publish_id"));

        Assert.Equal(("PUBLISH_COMPLETE", ConnectedApp.Clip().Length.ToString(System.Globalization.CultureInfo.InvariantCulture)), (status.Data("status"), status.Data("downloaded_bytes")));
        var id = status.Json.GetProperty("data").GetProperty("publicaly_available_post_id")[0].GetRawText();
        Assert.Equal(ConnectedApp.Clip(), await client.Platform.Http.GetByteArrayAsync($"/@ada/video/{id}/file"));
        Assert.Equal(1, media.Calls);
        Assert.Equal(["post.publish.complete", "post.publish.publicly_available"], (await client.EventsAsync()).Select(told => told.Name));
        Assert.Equal(id, (await client.EventsAsync())[1].Content.GetProperty("post_id").GetString());
    }

    [Fact]
    public async Task A_draft_is_fetched_into_the_inbox()
    {
        await using var client = await ConnectedApp.OpenAsync();
        await using var media = await MediaServer.StartAsync();
        await client.OwnAsync(media.Address);
        var begun = await client.CallAsync(HttpMethod.Post, "/v2/post/publish/inbox/video/init/", JsonSerializer.Serialize(new { source_info = new { source = "PULL_FROM_URL", video_url = media.Put("clip.mp4", ConnectedApp.Clip()) } }));
        Assert.Matches(@"^v_inbox_url~v2\.\d{19}$", begun.Data("publish_id"));
        Assert.Equal("SEND_TO_USER_INBOX", (await client.FinalAsync(begun.Data("publish_id"))).Data("status"));
    }

    [Theory]
    [InlineData("https://media.example.test/clip.mp4")] // nobody's
    [InlineData("http://127.0.0.1:9/others/clip.mp4")]
    [InlineData("http://127.0.0.1:9/mine/../others/clip.mp4")]
    public async Task An_address_nobody_has_verified_is_refused_and_never_called(string url)
    {
        await using var client = await ConnectedApp.OpenAsync();
        await client.OwnAsync("http://127.0.0.1:9/mine/");
        var answer = await client.PullAsync(url);
        Assert.Equal((403, "url_ownership_unverified"), (answer.Status, answer.Code));
    }

    [Theory]
    [InlineData("http://media.example.test/clip.mp4")]
    [InlineData("ftp://media.example.test/clip.mp4")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://user@media.example.test/clip.mp4")]
    [InlineData("https://192.168.1.1/clip.mp4")]
    [InlineData("https://169.254.169.254/latest/")]
    [InlineData("clip.mp4")]
    [InlineData("")]
    public async Task An_address_that_may_never_be_called_is_invalid(string url)
    {
        await using var client = await ConnectedApp.OpenAsync();
        var answer = await client.PullAsync(url);
        Assert.Equal((400, "invalid_params"), (answer.Status, answer.Code));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(404)]
    [InlineData(500)]
    [InlineData(206)]
    public async Task Anything_but_200_is_a_failed_fetch_and_no_redirect_is_followed(int status)
    {
        await using var client = await ConnectedApp.OpenAsync();
        await using var media = await MediaServer.StartAsync();
        await client.OwnAsync(media.Address);
        await client.ListenAsync();
        media.Put("clip.mp4", ConnectedApp.Clip());
        var url = media.Serve("moved.mp4", http =>
        {
            http.Response.StatusCode = status;
            http.Response.Headers.Location = media.Address + "clip.mp4";
            return Task.CompletedTask;
        });

        var begun = await client.PullAsync(url);
        var final = await client.FinalAsync(begun.Data("publish_id"));

        Assert.Equal(("FAILED", "video_pull_failed"), (final.Data("status"), final.Data("fail_reason")));
        Assert.Equal(1, media.Calls);
        var told = Assert.Single(await client.EventsAsync());
        Assert.Equal(("post.publish.failed", "video_pull_failed", "DIRECT_PUBLISH"), (told.Name, told.Content.GetProperty("reason").GetString(), told.Content.GetProperty("publish_type").GetString()));
    }

    [Fact]
    public async Task A_body_that_breaks_off_is_a_failed_fetch_and_leaves_nothing_behind()
    {
        await using var client = await ConnectedApp.OpenAsync();
        await using var media = await MediaServer.StartAsync();
        await client.OwnAsync(media.Address);
        var url = media.Serve("half.mp4", async http =>
        {
            http.Response.ContentLength = 1_000_000;
            await http.Response.Body.WriteAsync(new byte[500_000]);
            http.Abort();
        });
        Assert.Equal("video_pull_failed", (await client.FinalAsync((await client.PullAsync(url)).Data("publish_id"))).Data("fail_reason"));
        Assert.DoesNotContain(Directory.EnumerateFiles(client.Platform.Folder, "*", SearchOption.AllDirectories), file => file.Contains("videos", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_never_ends_is_given_up_when_the_time_is_over()
    {
        await using var client = await ConnectedApp.OpenAsync(posting: options => options.PullFor = TimeSpan.FromSeconds(1));
        await using var media = await MediaServer.StartAsync();
        await client.OwnAsync(media.Address);
        var url = media.Serve("slow.mp4", async http =>
        {
            await http.Response.Body.WriteAsync(new byte[1000]);
            await http.Response.Body.FlushAsync();
            await Task.Delay(TimeSpan.FromMinutes(1), TestClock.System, http.RequestAborted);
        });
        Assert.Equal("video_pull_failed", (await client.FinalAsync((await client.PullAsync(url)).Data("publish_id"))).Data("fail_reason"));
    }

    [Fact]
    public async Task Pictures_that_were_fetched_before_a_process_died_are_not_fetched_again()
    {
        await using var client = await ConnectedApp.OpenAsync();
        await using var media = await MediaServer.StartAsync();
        await client.OwnAsync(media.Address);
        var hold = new TaskCompletionSource();
        media.Put("a.jpg", MediaServer.Jpeg(800, 800));
        media.Serve("b.jpg", async http =>
        {
            await hold.Task;
            await http.Response.Body.WriteAsync(MediaServer.Jpeg(800, 800));
        });
        var publishId = (await client.PhotosAsync([media.Address + "a.jpg", media.Address + "b.jpg"])).Data("publish_id");
        await DraftSpecs.UntilAsync(() => Task.FromResult(media.Calls == 2));

        // The lease lapses while the first worker hangs: another one takes over and asks for the second picture only.
        client.Platform.Clock.Advance(TimeSpan.FromMinutes(3));
        media.Put("b.jpg", MediaServer.Jpeg(800, 800));
        Assert.Equal("PUBLISH_COMPLETE", (await client.FinalAsync(publishId)).Data("status"));
        Assert.Equal(3, media.Calls);
        hold.SetResult();
    }

    [Fact]
    public async Task A_stopping_process_puts_the_fetch_back_for_the_next_one()
    {
        await using var client = await ConnectedApp.OpenAsync();
        await using var media = await MediaServer.StartAsync();
        await client.OwnAsync(media.Address);
        var url = media.Serve("hangs.mp4", http => Task.Delay(TimeSpan.FromMinutes(1), TestClock.System, http.RequestAborted));
        var publishId = (await client.PullAsync(url)).Data("publish_id");
        await DraftSpecs.UntilAsync(() => Task.FromResult(media.Calls == 1));

        await client.Platform.App.StopAsync();

        var row = await client.Platform.Database.ReadAsync(session => session.FirstAsync<long>("select count(*) from upload where publish_id = @publishId and state = 'downloading' and lease_until is null and next_step_at is not null", new { publishId }));
        Assert.Equal(1, row);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_running_fetch_can_be_cancelled_and_a_finished_one_cannot(Engine engine)
    {
        await using var client = await ConnectedApp.OpenAsync(engine: engine);
        await using var media = await MediaServer.StartAsync();
        await client.OwnAsync(media.Address);
        await client.ListenAsync();
        var gone = new TaskCompletionSource();
        var url = media.Serve("long.mp4", async http =>
        {
            http.RequestAborted.Register(gone.SetResult);
            await http.Response.Body.WriteAsync(new byte[100_000]);
            await http.Response.Body.FlushAsync();
            await gone.Task;
        });
        var publishId = (await client.PullAsync(url)).Data("publish_id");
        await DraftSpecs.UntilAsync(() => Task.FromResult(media.Calls == 1));
        Assert.Equal("PROCESSING_DOWNLOAD", (await client.StatusAsync(publishId)).Data("status"));
        // From the row: asking the API again and again would meet its own limit of calls.
        await DraftSpecs.UntilAsync(async () => await client.Platform.Database.ReadAsync(session => session.FirstAsync<long>("select received_bytes from upload where publish_id = @publishId", new { publishId })) == 100_000);
        Assert.Equal("100000", (await client.StatusAsync(publishId)).Data("downloaded_bytes"));

        var cancelled = await client.CancelAsync(publishId);

        Assert.Equal((200, "ok"), (cancelled.Status, cancelled.Code));
        Assert.DoesNotContain("\"data\"", cancelled.Body, StringComparison.Ordinal);
        Assert.Equal(("FAILED", "publish_cancelled"), await FailAsync(client, publishId));
        Assert.Equal("publish_cancelled", Assert.Single(await client.EventsAsync()).Content.GetProperty("reason").GetString());
        await gone.Task.WaitAsync(TimeSpan.FromSeconds(10), TestClock.System); // the worker lets go of the other side
        var again = await client.CancelAsync(publishId);
        Assert.Equal((400, "publish_not_cancellable"), (again.Status, again.Code));
        await DraftSpecs.UntilAsync(() => Task.FromResult(!Directory.EnumerateFiles(client.Platform.Folder, "*", SearchOption.AllDirectories).Any(file => file.Contains("videos", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task A_post_that_is_uploaded_cannot_be_cancelled()
    {
        await using var client = await ConnectedApp.OpenAsync();
        Assert.Equal("publish_not_cancellable", (await client.CancelAsync((await client.InitAsync(1000)).Data("publish_id"))).Code);
    }

    [Fact]
    public async Task Access_removed_in_the_middle_ends_the_fetch()
    {
        await using var client = await ConnectedApp.OpenAsync();
        await using var media = await MediaServer.StartAsync();
        await client.OwnAsync(media.Address);
        await client.ListenAsync();
        var gone = new TaskCompletionSource();
        var url = media.Serve("long.mp4", http =>
        {
            http.RequestAborted.Register(gone.SetResult);
            return gone.Task;
        });
        var publishId = (await client.PullAsync(url)).Data("publish_id");
        await DraftSpecs.UntilAsync(() => Task.FromResult(media.Calls == 1));

        await client.Platform.RevokeAsync(client.App, client.Token);

        await gone.Task.WaitAsync(TimeSpan.FromSeconds(10), TestClock.System);
        await DraftSpecs.UntilAsync(async () => (await client.RowAsync(publishId)).State == UploadState.Failed);
        Assert.Equal("auth_removed", (await client.RowAsync(publishId)).FailReason);
        Assert.DoesNotContain(await client.EventsAsync(), told => told.Name == "post.publish.failed"); // who was removed hears no more than that
    }

    [Fact]
    public async Task A_large_video_streams_through_without_growing_memory()
    {
        const long size = 300_000_000;
        await using var client = await ConnectedApp.OpenAsync();
        await using var media = await MediaServer.StartAsync();
        await client.OwnAsync(media.Address);
        var url = media.Serve("large.mp4", async http =>
        {
            http.Response.ContentLength = size;
            var block = new byte[100_000];
            for (long sent = 0; sent < size; sent += block.Length)
                await http.Response.Body.WriteAsync(block);
        });
        GC.Collect();
        var before = System.Diagnostics.Process.GetCurrentProcess().WorkingSet64;
        long peak = 0;

        var publishId = (await client.PullAsync(url)).Data("publish_id");
        for (var tries = 0; tries < 600 && (await client.RowAsync(publishId)).State == UploadState.Downloading; tries++)
        {
            using var process = System.Diagnostics.Process.GetCurrentProcess();
            peak = Math.Max(peak, process.WorkingSet64);
            await Task.Delay(TimeSpan.FromMilliseconds(50), TestClock.System);
        }

        Assert.Equal(size, (await client.RowAsync(publishId)).ReceivedBytes);
        Assert.True(peak - before < 64 * 1024 * 1024, $"Memory grew by {(peak - before) / 1024 / 1024} MB.");
    }

    private static async Task<(string, string)> FailAsync(ConnectedApp client, string publishId)
    {
        var status = await client.StatusAsync(publishId);
        return (status.Data("status"), status.Data("fail_reason"));
    }
}
