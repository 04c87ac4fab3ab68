using System.Net;
using Holdfast.Domain.Posts;
using Holdfast.Specs.Storage;
using Holdfast.Storage;
using Holdfast.Studio.Posts;

namespace Holdfast.Specs.Studio.Posts;

/// <summary>A post that cannot go out waits with a true reason, and goes on when that ends.</summary>
public sealed class HoldingSpecs
{
    private const string Creator = "/v2/post/publish/creator_info/query/";

    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Fact]
    public async Task P16_a_full_app_holds_the_post_and_says_that_it_is_the_apps_limit()
    {
        await using var studio = await PublishingUnderTest.StartAsync();
        studio.TikTok.Before = (path, _) => path == Creator ? PostingTikTok.Says(200, "reached_active_user_cap") : null;
        var id = await studio.ScheduleAsync();

        await studio.WorkAsync();

        Assert.Equal(HoldReason.UserCap, (await studio.PostAsync(id)).Hold);
        Assert.Equal("LOG-reached_active_user_cap", (await studio.Posts.EventsAsync(studio.WorkspaceId, id))[0].LogId);
    }

    [Fact]
    public async Task P18_an_audience_that_is_no_longer_offered_holds_the_post_and_is_never_widened()
    {
        await using var studio = await PublishingUnderTest.StartAsync();
        var id = await studio.ScheduleAsync(TimeSpan.FromMinutes(1), privacy: "MUTUAL_FOLLOW_FRIENDS");
        studio.TikTok.PrivacyOptions = ["PUBLIC_TO_EVERYONE", "SELF_ONLY"];

        await studio.WorkForAsync(TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(1));

        Assert.Equal(HoldReason.PrivacyNotOffered, (await studio.PostAsync(id)).Hold);
        Assert.Equal(0, studio.TikTok.Inits);
    }

    [Fact]
    public async Task P21_a_video_that_is_gone_holds_the_post_before_anything_is_announced_and_it_goes_out_when_it_is_back()
    {
        await using var studio = await PublishingUnderTest.StartAsync();
        var media = await studio.VideoAsync(6_000_000);
        var blobs = (Holdfast.Storage.Blobs.IBlobStore)studio.Services.GetService(typeof(Holdfast.Storage.Blobs.IBlobStore))!;
        await blobs.DeleteAsync(Holdfast.Studio.Media.MediaFiles.VideoKey(media));
        var id = await studio.ScheduleAsync(mediaId: media);
        await studio.WorkAsync();
        Assert.Equal(HoldReason.MediaMissing, (await studio.PostAsync(id)).Hold);
        Assert.Equal(0, studio.TikTok.Inits);

        await blobs.WriteAsync(Holdfast.Studio.Media.MediaFiles.VideoKey(media), new MemoryStream(new byte[6_000_000]), 6_000_000, default);
        await studio.WorkForAsync(TimeSpan.FromMinutes(3), TimeSpan.FromSeconds(10));
        Assert.Equal(PostState.Published, await studio.StateAsync(id));
    }

    [Fact]
    public async Task P22_tries_before_the_post_is_at_TikTok_come_after_60_300_and_1800_seconds()
    {
        await using var studio = await PublishingUnderTest.StartAsync();
        var times = new List<double>();
        studio.TikTok.Before = (path, _) =>
        {
            if (path != Creator)
                return null;
            times.Add((studio.Clock.GetUtcNow() - PublishingUnderTest.Start).TotalSeconds);
            return new(HttpStatusCode.BadGateway);
        };
        await studio.ScheduleAsync();

        await studio.WorkForAsync(TimeSpan.FromMinutes(50), TimeSpan.FromSeconds(10));

        Assert.Equal([0, 60, 360, 2160], times);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task O12_twelve_posts_held_by_a_lost_sign_in_go_on_each_once_future_ones_on_time_missed_ones_by_the_late_rule(Engine engine)
    {
        await using var studio = await PublishingUnderTest.StartAsync(engine);
        var ids = new List<string>();
        for (var i = 0; i < 12; i++)
            ids.Add(await studio.ScheduleAsync(TimeSpan.FromMinutes(30 * (i + 1)), caption: $"Pot {i}"));
        await studio.EndAsync();
        Assert.All(ids, id => Assert.Equal(HoldReason.NeedsSignIn, studio.PostAsync(id).GetAwaiter().GetResult().Hold));

        await studio.WorkForAsync(TimeSpan.FromMinutes(135), TimeSpan.FromMinutes(5));
        Assert.Equal(0, studio.TikTok.Inits);
        await studio.ReconnectAsync();
        await studio.ReconnectAsync();
        await studio.WorkForAsync(TimeSpan.FromMinutes(1));
        // 30 and 60 minutes were due more than an hour ago: a person decides. 90 and 120 still go out.
        Assert.Equal([PostState.Held, PostState.Held, PostState.Published, PostState.Published, PostState.Scheduled], await Task.WhenAll(ids.Take(5).Select(studio.StateAsync)));
        Assert.Equal(HoldReason.Late, (await studio.PostAsync(ids[0])).Hold);

        await studio.WorkForAsync(TimeSpan.FromHours(4.5), TimeSpan.FromMinutes(1));
        Assert.Equal(10, studio.TikTok.Inits);
        Assert.Equal(10, studio.TikTok.Videos.Select(video => video.Title).Distinct().Count());
    }

    [Fact]
    public async Task S1_a_due_time_slept_through_is_made_up_for_within_an_hour_and_asked_about_after()
    {
        await using var studio = await PublishingUnderTest.StartAsync();
        var late = await studio.ScheduleAsync(TimeSpan.FromMinutes(15));
        var tooLate = await studio.ScheduleAsync(TimeSpan.FromMinutes(-1), caption: "too late");
        studio.Clock.Advance(TimeSpan.FromMinutes(60));

        await studio.WorkForAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(PostState.Published, await studio.StateAsync(late));
        Assert.Equal(HoldReason.Late, (await studio.PostAsync(tooLate)).Hold);
        var view = await studio.PostAsync(tooLate);
        Assert.Equal(ChangeAnswer.Done, await studio.Posts.PublishNowAsync(studio.WorkspaceId, tooLate, view.Version, "Maren"));
        await studio.WorkForAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(PostState.Published, await studio.StateAsync(tooLate));
    }
}
