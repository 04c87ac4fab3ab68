using Holdfast.Domain.Posts;
using Holdfast.Specs.Storage;
using Holdfast.Specs.Studio.Posts;
using Holdfast.Storage;
using Holdfast.Studio.Media;
using Holdfast.Studio.Notices;
using Holdfast.Studio.Posts;

namespace Holdfast.Specs.Studio.Notices;

/// <summary>Posts that need somebody: told once for each cause, and not at all where time or the account's own notice says it.</summary>
public sealed class PostNoticeSpecs
{
    private const string Creator = "/v2/post/publish/creator_info/query/";

    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task N1_a_failed_post_is_one_notice_settled_by_a_retry_and_its_second_failure_another(Engine engine)
    {
        await using var studio = await PublishingUnderTest.StartAsync(engine);
        (studio.TikTok.Verdict, studio.TikTok.FailReason) = ("FAILED", "frame_rate_check_failed");
        var id = await studio.ScheduleAsync();

        await studio.WorkForAsync(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(20));
        var first = Assert.Single(await AheadSpecs.NoticesAsync(studio));
        Assert.Equal((Occasion.PostFailed, "frame_rate_check_failed", id, null), (first.Kind, first.Cause, first.PostId, first.SolvedAt));
        await studio.Posts.PublishNowAsync(studio.WorkspaceId, id, (await studio.PostAsync(id)).Version, "Maren");
        Assert.NotNull(Assert.Single(await AheadSpecs.NoticesAsync(studio)).SolvedAt);
        await studio.WorkForAsync(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(20));

        Assert.Equal(2, (await AheadSpecs.NoticesAsync(studio)).Count);
    }

    [Fact]
    public async Task A_video_that_stays_away_is_one_notice_however_often_it_is_looked_for_and_settled_when_the_post_goes_on()
    {
        await using var studio = await PublishingUnderTest.StartAsync();
        var media = await studio.VideoAsync(6_000_000);
        var blobs = studio.Services.GetRequiredService<Holdfast.Storage.Blobs.IBlobStore>();
        await blobs.DeleteAsync(MediaFiles.VideoKey(media));
        var id = await studio.ScheduleAsync(mediaId: media);

        await studio.WorkForAsync(TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(1));
        Assert.Equal(nameof(HoldReason.MediaMissing), Assert.Single(await AheadSpecs.NoticesAsync(studio)).Cause);
        Assert.Null(Assert.Single(await AheadSpecs.NoticesAsync(studio)).SolvedAt);
        await blobs.WriteAsync(MediaFiles.VideoKey(media), new MemoryStream(new byte[6_000_000]), 6_000_000, default);
        await studio.WorkForAsync(TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(1));

        Assert.Equal(PostState.Published, await studio.StateAsync(id));
        Assert.NotNull(Assert.Single(await AheadSpecs.NoticesAsync(studio)).SolvedAt);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task S2_many_late_posts_are_one_notice_and_it_is_settled_with_the_last_of_them(Engine engine)
    {
        await using var studio = await PublishingUnderTest.StartAsync(engine);
        var ids = new List<string>();
        for (var i = 0; i < 6; i++)
            ids.Add(await studio.ScheduleAsync(TimeSpan.FromMinutes(i), caption: $"Pot {i}"));
        studio.Clock.Advance(TimeSpan.FromDays(2));
        await studio.WorkAsync();

        var notice = Assert.Single(await AheadSpecs.NoticesAsync(studio));
        Assert.Equal((Occasion.PostHeld, nameof(HoldReason.Late), null), (notice.Kind, notice.Cause, notice.PostId));
        foreach (var id in ids)
        {
            Assert.Null(Assert.Single(await AheadSpecs.NoticesAsync(studio)).SolvedAt);
            await studio.Posts.CancelAsync(studio.WorkspaceId, id, (await studio.PostAsync(id)).Version, "Maren");
        }
        Assert.NotNull(Assert.Single(await AheadSpecs.NoticesAsync(studio)).SolvedAt);
    }

    [Fact]
    public async Task R20_trouble_of_TikToks_own_and_a_lost_sign_in_are_no_notice_for_each_post()
    {
        await using var studio = await PublishingUnderTest.StartAsync();
        for (var i = 0; i < 3; i++)
            await studio.ScheduleAsync(TimeSpan.FromMinutes(i), caption: $"Pot {i}");
        studio.TikTok.Before = (path, _) => path == Creator ? new(System.Net.HttpStatusCode.BadGateway) : null;
        await studio.WorkForAsync(TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(1));
        await studio.EndAsync();

        await studio.WorkForAsync(TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(1));

        Assert.Empty(await AheadSpecs.NoticesAsync(studio));
    }

    [Fact]
    public async Task P1_a_post_that_only_a_person_can_settle_is_told_once_and_settled_by_the_answer()
    {
        await using var studio = await PublishingUnderTest.StartAsync();
        studio.TikTok.After = (path, answer) => path == "/v2/post/publish/status/fetch/" ? PostingTikTok.Says(400, "invalid_publish_id") : answer;
        studio.TikTok.Before = (path, _) => path == "/v2/video/list/" ? PostingTikTok.Says(401, "scope_not_authorized") : null;
        var id = await studio.ScheduleAsync();
        await studio.WorkForAsync(TimeSpan.FromHours(30), TimeSpan.FromMinutes(10));
        Assert.True((await studio.PostAsync(id)).AsksPerson);
        Assert.Equal((Occasion.PostUnconfirmed, id), (Assert.Single(await AheadSpecs.NoticesAsync(studio)).Kind, Assert.Single(await AheadSpecs.NoticesAsync(studio)).PostId));

        Assert.Equal(ChangeAnswer.Done, await studio.Posts.SettleAsync(studio.WorkspaceId, id, true, (await studio.PostAsync(id)).Version, "Maren"));

        Assert.NotNull(Assert.Single(await AheadSpecs.NoticesAsync(studio)).SolvedAt);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task O12_a_sign_in_that_is_back_while_no_worker_runs_sends_each_held_post_once_by_the_late_rule_the_owner_set(Engine engine)
    {
        await using var studio = await PublishingUnderTest.StartAsync(engine);
        var settings = studio.Services.GetRequiredService<NoticeSettings>();
        var owner = await studio.Database.ReadAsync(session => session.FirstAsync<string>("select person_id from member"));
        Assert.True(await settings.SaveRulesAsync(studio.WorkspaceId, owner!, new Rules { LateMinutes = 180, EscalateHours = 24 }));
        var ids = new List<string>();
        for (var i = 0; i < 4; i++)
            ids.Add(await studio.ScheduleAsync(TimeSpan.FromHours(i + 1), caption: $"Pot {i}"));
        await studio.EndAsync();
        studio.Clock.Advance(TimeSpan.FromHours(4.5)); // nobody works: the posts' times pass

        await studio.ReconnectAsync();
        await studio.WorkForAsync(TimeSpan.FromMinutes(2));

        // 4.5 hours late minus three: only the first is too late.
        Assert.Equal([PostState.Held, PostState.Published, PostState.Published, PostState.Published], await Task.WhenAll(ids.Select(studio.StateAsync)));
        Assert.Equal(HoldReason.Late, (await studio.PostAsync(ids[0])).Hold);
        Assert.Equal(3, studio.TikTok.Inits);
    }
}
