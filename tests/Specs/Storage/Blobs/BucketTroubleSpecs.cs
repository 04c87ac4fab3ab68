using Holdfast.Shell.Hosting;
using Holdfast.Storage.Blobs;
using Holdfast.Storage.Blobs.S3;

namespace Holdfast.Specs.Storage.Blobs;

/// <summary>A bucket is another machine: it refuses, stays silent and breaks off, and none of that looks like a video that is gone.</summary>
public sealed class BucketTroubleSpecs(S3Server server) : IClassFixture<S3Server>
{
    [Fact]
    public async Task A_wrong_secret_is_told_by_the_stores_own_word_and_printed_nowhere()
    {
        await using var store = await BareStore.StartAsync([], refuses: "SignatureDoesNotMatch");
        var options = store.Options;
        options.SecretKey = "a-secret-nobody-may-see";
        using var blobs = new S3BlobStore(options, TestClock.System);

        var refused = await Assert.ThrowsAsync<BlobStoreException>(() => blobs.WriteAsync("videos/one", new MemoryStream([1]), 1, default));

        Assert.Equal("SignatureDoesNotMatch", refused.Code);
        Assert.DoesNotContain(options.SecretKey, refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bucket_that_is_not_there_is_no_missing_video()
    {
        var options = server.Options;
        options.Bucket = "elsewhere";
        using var blobs = new S3BlobStore(options, TestClock.System);

        Assert.Equal("NoSuchBucket", (await Assert.ThrowsAsync<BlobStoreException>(() => blobs.LengthAsync("videos/one", default))).Code);
        Assert.Equal("NoSuchBucket", (await Assert.ThrowsAsync<BlobStoreException>(() => blobs.WriteAsync("videos/one", new MemoryStream([1]), 1, default))).Code);
    }

    [Fact]
    public async Task An_answer_that_is_cut_off_is_asked_for_again_from_where_it_ended()
    {
        var bytes = BlobStoreSpecs.Some(200_000);
        await using var store = await BareStore.StartAsync(bytes, cutAfter: 70_000);
        using var blobs = new S3BlobStore(store.Options, TestClock.System, retries: 0);

        await using var read = (await blobs.OpenReadAsync("videos/one", default))!;

        Assert.Equal(bytes, await BlobStoreSpecs.AllAsync(read));
        Assert.Equal(["bytes=0-0", "bytes=0-199999"], store.Ranges.Take(2));
        var from = store.Ranges.Skip(1).Select(range => int.Parse(range["bytes=".Length..].Split('-')[0], System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.InRange(from.Count, 3, 6); // what was under way when it was cut may be lost
        Assert.Equal(from.Order().Distinct(), from);
    }

    [Fact]
    public async Task Parts_of_an_upload_that_does_not_end_are_given_up_at_the_store()
    {
        await using var store = await BareStore.StartAsync([]);
        using var blobs = new S3BlobStore(store.Options, TestClock.System, retries: 0);

        await Assert.ThrowsAsync<BlobTooLargeException>(() => blobs.WriteAsync("videos/one", new MemoryStream(new byte[S3BlobStore.PartSize + 1]), S3BlobStore.PartSize, default));

        Assert.Equal(["POST ?uploads", "PUT ?partNumber=1&uploadId=u1", "DELETE ?uploadId=u1"], store.Changes);
    }

    [Fact]
    public async Task An_answer_that_is_cut_off_again_and_again_ends_in_an_error_of_the_store()
    {
        await using var store = await BareStore.StartAsync(BlobStoreSpecs.Some(1000), cutAfter: 0);
        using var blobs = new S3BlobStore(store.Options, TestClock.System, retries: 0);
        await using var read = (await blobs.OpenReadAsync("videos/one", default))!;

        await Assert.ThrowsAsync<BlobStoreException>(() => read.ReadExactlyAsync(new byte[10]).AsTask());
    }

    [Fact]
    public async Task A_store_that_takes_everything_and_answers_nothing_is_waited_for_no_longer_than_a_claim_lasts()
    {
        await using var store = await BareStore.StartAsync([], refuses: BareStore.Silence);
        using var blobs = new S3BlobStore(store.Options, new TestClock(DateTimeOffset.UnixEpoch.AddYears(50)) { SkipsWaits = true });

        foreach (var ask in (Func<Task>[])[() => blobs.LengthAsync("videos/one", default), () => blobs.OpenReadAsync("videos/one", default), () => blobs.DeleteAsync("videos/one"), () => blobs.WriteAsync("videos/one", new MemoryStream([1]), 1, default)])
            Assert.Contains("too long", (await Assert.ThrowsAsync<BlobStoreException>(ask)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_stops_waiting_is_no_trouble_of_the_store()
    {
        await using var store = await BareStore.StartAsync([], refuses: BareStore.Silence);
        using var blobs = new S3BlobStore(store.Options, TestClock.System);
        using var enough = new CancellationTokenSource(TimeSpan.FromMilliseconds(200), TestClock.System);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => blobs.LengthAsync("videos/one", enough.Token));
    }

    [Fact]
    public async Task A_video_is_not_sent_on_to_wherever_the_store_points()
    {
        await using var elsewhere = await BareStore.StartAsync([]);
        await using var store = await BareStore.StartAsync([], sendsTo: new UriBuilder(elsewhere.Options.Endpoint!) { Host = "s3.localhost" }.Uri);
        using var blobs = new S3BlobStore(store.Options, TestClock.System, retries: 0);

        var refused = await Assert.ThrowsAsync<BlobStoreException>(() => blobs.WriteAsync("videos/one", new MemoryStream([1]), 1, default));

        Assert.Contains("not followed", refused.Message, StringComparison.Ordinal);
        Assert.Empty(elsewhere.Changes);
    }

    [Fact]
    public async Task Nobody_there_is_an_error_of_the_store_and_says_no_more_than_that()
    {
        using var blobs = new S3BlobStore(new() { Endpoint = $"http://127.0.0.1:{Cli.Doctor.Patient.Free()}", Bucket = "media", AccessKey = "k", SecretKey = "s3cr3t-s3cr3t" }, TestClock.System, retries: 0);

        var silent = await Assert.ThrowsAsync<BlobStoreException>(() => blobs.LengthAsync("videos/one", default));

        Assert.Null(silent.Code);
        Assert.DoesNotContain("s3cr3t", silent.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("holdfast-media")]
    [InlineData("My_Media.2026")]
    [InlineData("tenant:media")]
    public void Names_that_only_other_stores_take_are_taken(string bucket) => Assert.Null(new S3Options { Bucket = bucket }.Problem);

    [Fact]
    public async Task A_refusal_without_a_reference_names_none()
    {
        await using var store = await BareStore.StartAsync([], refuses: "NotFound", names: null);
        using var blobs = new S3BlobStore(store.Options, TestClock.System, retries: 0);

        var refused = await Assert.ThrowsAsync<BlobStoreException>(() => blobs.WriteAsync("videos/one", new MemoryStream([1]), 1, default));

        Assert.Equal("The media store refused with NotFound.", refused.Message);
    }

    [Theory]
    [InlineData("Bucket", "", "HOLDFAST_S3__Bucket")]
    [InlineData("Bucket", "My Bucket!", "HOLDFAST_S3__Bucket")]
    [InlineData("Bucket", "media/videos", "HOLDFAST_S3__Bucket")]
    [InlineData("Bucket", "ab", "HOLDFAST_S3__Bucket")]
    [InlineData("Endpoint", "s3.example.test", "HOLDFAST_S3__Endpoint")]
    [InlineData("Endpoint", "http://s3.example.test", "HOLDFAST_S3__AllowPlainHttp")]
    [InlineData("SecretKey", "", "HOLDFAST_S3__SecretKey")]
    [InlineData("Prefix", "/holdfast", "HOLDFAST_S3__Prefix")]
    [InlineData("Region", "", "HOLDFAST_S3__Region")]
    [InlineData("PathStyle", "perhaps", "HOLDFAST_S3__PathStyle")]
    [InlineData("AllowPlainHttp", "", "HOLDFAST_S3__AllowPlainHttp")]
    public void Settings_that_make_no_sense_stop_the_start_and_are_named(string name, string value, string variable)
    {
        var refused = Assert.Throws<StartupException>(() => Holdfast.Studio.StudioApp.Build(
            new AppOptions { Url = new Uri("http://localhost:0"), Data = Path.Combine(Path.GetTempPath(), "holdfast-specs", "never") }, TestClock.System, builder =>
            {
                foreach (var (key, set) in server.Settings)
                    builder.Configuration[key] = set;
                builder.Configuration[$"S3:{name}"] = value;
            }));

        Assert.Contains(variable, refused.Message, StringComparison.Ordinal);
    }
}
