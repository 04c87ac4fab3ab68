using System.Net;
using System.Net.Http.Headers;
using Holdfast.Domain.Posts;
using Holdfast.Specs.Storage.Blobs;
using Holdfast.Specs.Studio.Posts;
using Holdfast.Storage.Blobs;
using Holdfast.Storage.Blobs.S3;
using Holdfast.Studio.Media;

namespace Holdfast.Specs.Studio.Media;

/// <summary>Studio with its videos in a bucket, which is what several nodes share.</summary>
public sealed class BucketSpecs(S3Server server) : IClassFixture<S3Server>
{
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_video_goes_to_the_bucket_is_judged_there_and_plays_in_ranges()
    {
        await using var studio = await SignedInStudio.StartAsync(Now, configure: Configure);
        var clip = UploadSpecs.Clip(studio);

        using var answer = await UploadSpecs.UploadAsync(studio, clip, "wheel.mp4");

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var media = await UploadSpecs.OnlyMediaAsync(studio);
        Assert.Equal((540, 960, VideoFacts.Mp4), (media.Width, media.Height, media.ContentType));
        Assert.Equal(clip.Length, await ((S3BlobStore)studio.Service<IBlobStore>()).LengthAsync($"videos/{media.Id}", default));
        using var request = new HttpRequestMessage(HttpMethod.Get, media.Url);
        request.Headers.Range = new RangeHeaderValue(100, 199);
        using var part = await studio.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(clip[100..200], await part.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_file_that_is_no_video_leaves_nothing_in_the_bucket()
    {
        await using var studio = await SignedInStudio.StartAsync(Now, configure: Configure);
        var clip = UploadSpecs.Clip(studio);
        "free"u8.CopyTo(clip.AsSpan(clip.AsSpan().IndexOf("moov"u8)));
        var before = server.Files.Count();

        using var answer = await UploadSpecs.UploadAsync(studio, clip, "wheel.mp4");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(before, server.Files.Count());
    }

    [Fact]
    public async Task A_video_of_several_chunks_goes_out_of_the_bucket_and_every_byte_arrives()
    {
        await using var studio = await PublishingUnderTest.StartAsync(configure: Configure);
        var id = await studio.ScheduleAsync(mediaId: await studio.VideoAsync(70_000_000));

        await studio.WorkForAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(PostState.Published, await studio.StateAsync(id));
        Assert.Equal(1, studio.TikTok.Inits);
    }

    [Fact, Trait("scenario", "P21")]
    public async Task P21_a_bucket_that_does_not_answer_holds_the_post_and_it_goes_out_once_it_does()
    {
        var store = new Moody();
        await using var studio = await PublishingUnderTest.StartAsync(configure: builder => builder.Services.AddSingleton<IBlobStore>(provider =>
        {
            store.Inner = provider.GetRequiredService<IGrowingBlobStore>();
            return store;
        }));
        var id = await studio.ScheduleAsync(mediaId: await studio.VideoAsync(6_000_000));
        store.IsSilent = true;
        await studio.WorkForAsync(TimeSpan.FromSeconds(30));
        Assert.Equal((PostState.Held, HoldReason.MediaMissing, 0), (await studio.StateAsync(id), (await studio.PostAsync(id)).Hold, studio.TikTok.Inits));

        store.IsSilent = false;
        await studio.WorkForAsync(TimeSpan.FromMinutes(3), TimeSpan.FromSeconds(10));

        Assert.Equal((PostState.Published, 1), (await studio.StateAsync(id), studio.TikTok.Inits));
    }

    [Fact, Trait("scenario", "P21"), Trait("scenario", "P3")]
    public async Task P21_a_bucket_that_falls_silent_during_an_upload_is_waited_for_and_nothing_is_announced_twice()
    {
        var store = new Moody();
        await using var studio = await PublishingUnderTest.StartAsync(configure: builder => builder.Services.AddSingleton<IBlobStore>(provider =>
        {
            store.Inner = provider.GetRequiredService<IGrowingBlobStore>();
            return store;
        }));
        var id = await studio.ScheduleAsync(mediaId: await studio.VideoAsync(6_000_000));
        store.FallsSilentAfterLooks = 1;
        await studio.WorkForAsync(TimeSpan.FromSeconds(20));
        Assert.NotEqual(PostState.Published, await studio.StateAsync(id));

        (store.IsSilent, store.FallsSilentAfterLooks) = (false, null);
        await studio.WorkForAsync(TimeSpan.FromMinutes(3));

        Assert.Equal((PostState.Published, 1), (await studio.StateAsync(id), studio.TikTok.Inits));
    }

    [Fact, Trait("scenario", "S10")]
    public async Task S10_a_bucket_that_does_not_answer_a_day_ahead_is_nobodys_problem_and_is_asked_again()
    {
        var store = new Moody { IsSilent = true };
        await using var studio = await PublishingUnderTest.StartAsync(configure: builder => builder.Services.AddSingleton<IBlobStore>(provider =>
        {
            store.Inner = provider.GetRequiredService<IGrowingBlobStore>();
            return store;
        }));
        var id = await studio.ScheduleAsync(TimeSpan.FromHours(25), mediaId: await studio.VideoAsync(6_000_000));
        studio.Clock.Advance(TimeSpan.FromHours(1));
        var ahead = studio.Services.GetRequiredService<Holdfast.Studio.Posts.Ahead.LookAheadDue>();

        await ahead.RunDueAsync(default);
        Assert.Equal((1, false), (store.Asked, (await studio.PostAsync(id)).IsAtRisk));
        Assert.Equal(0, await studio.Database.ReadAsync(session => session.FirstAsync<long>("select count(*) from notice")));
        studio.Clock.Advance(TimeSpan.FromMinutes(20));
        await ahead.RunDueAsync(default);

        Assert.Equal(2, store.Asked);
    }

    private void Configure(WebApplicationBuilder builder)
    {
        foreach (var (key, value) in server.Settings)
            builder.Configuration[key] = value;
    }

    private sealed class Moody : IBlobStore
    {
        public int Asked { get; private set; }

        public IBlobStore Inner { get; set; } = null!; // set when it is asked for

        public bool IsSilent { get; set; }

        public int? FallsSilentAfterLooks { get; set; }

        public Task<long> WriteAsync(string key, Stream content, long limit, CancellationToken aborted) => Inner.WriteAsync(key, content, limit, aborted);

        public Task<Stream?> OpenReadAsync(string key, CancellationToken aborted)
        {
            Asked++;
            if (IsSilent)
                throw new BlobStoreException("silent");
            IsSilent = Asked >= FallsSilentAfterLooks;
            return Inner.OpenReadAsync(key, aborted);
        }

        public Task<long?> LengthAsync(string key, CancellationToken aborted) => Inner.LengthAsync(key, aborted);

        public Task DeleteAsync(string key) => Inner.DeleteAsync(key);
    }
}
