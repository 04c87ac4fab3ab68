using Holdfast.Domain.Posts;
using Holdfast.Specs.Storage;
using Holdfast.Specs.Studio.Posts;
using Holdfast.Storage;
using Holdfast.Studio.Media;
using Holdfast.Studio.Notices;
using Holdfast.Studio.Posts;
using Holdfast.Studio.Posts.Ahead;

namespace Holdfast.Specs.Studio.Notices;

/// <summary>Scenario S10: a planned post is looked at a day and an hour ahead, so that its problem is told while there is time.</summary>
public sealed class AheadSpecs
{
    private const string Creator = "/v2/post/publish/creator_info/query/";

    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task S10_each_post_is_looked_at_24_hours_and_1_hour_before_its_time_and_goes_out_when_nothing_is_wrong(Engine engine)
    {
        await using var studio = await PublishingUnderTest.StartAsync(engine);
        var id = await studio.ScheduleAsync(TimeSpan.FromHours(48));
        var looks = new List<double>();
        studio.TikTok.Before = (path, _) =>
        {
            if (path == Creator)
                looks.Add((PublishingUnderTest.Start.AddHours(48) - studio.Clock.GetUtcNow()).TotalHours);
            return null;
        };

        await LookForAsync(studio, TimeSpan.FromHours(48));
        await studio.WorkForAsync(TimeSpan.FromMinutes(1));

        Assert.Equal([24, 1, 0], looks);
        Assert.Equal(PostState.Published, await studio.StateAsync(id));
        Assert.Empty(await NoticesAsync(studio));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task S10_a_problem_seen_at_both_looks_is_one_notice_shown_beside_the_post_and_settled_when_it_is_put_right(Engine engine)
    {
        await using var studio = await PublishingUnderTest.StartAsync(engine);
        var id = await studio.ScheduleAsync(TimeSpan.FromHours(30), privacy: "MUTUAL_FOLLOW_FRIENDS");
        studio.TikTok.PrivacyOptions = ["PUBLIC_TO_EVERYONE", "SELF_ONLY"];

        await LookForAsync(studio, TimeSpan.FromHours(29.5));
        var notice = Assert.Single(await NoticesAsync(studio));
        Assert.Equal((Occasion.PostCheck, nameof(HoldReason.PrivacyNotOffered), id, PublishingUnderTest.Start.AddHours(30)), (notice.Kind, notice.Cause, notice.PostId, notice.UsefulUntil));
        var post = await studio.PostAsync(id);
        Assert.Equal((PostState.Scheduled, true), (post.State, post.IsAtRisk));

        studio.TikTok.PrivacyOptions = ["MUTUAL_FOLLOW_FRIENDS"];
        Assert.Equal(ChangeAnswer.Done, await studio.Posts.MoveAsync(studio.WorkspaceId, id, studio.Clock.GetUtcNow().AddHours(2), post.Version, "Maren"));
        Assert.False((await studio.PostAsync(id)).IsAtRisk);
        Assert.NotNull(Assert.Single(await NoticesAsync(studio)).SolvedAt);
        var looks = studio.TikTok.Count(Creator);
        await LookForAsync(studio, TimeSpan.FromHours(1.5));
        Assert.Equal(looks + 1, studio.TikTok.Count(Creator)); // at its new time, an hour ahead
        Assert.Single(await NoticesAsync(studio));
    }

    [Fact]
    public async Task S10_a_look_that_cannot_reach_TikTok_says_nothing_and_comes_back()
    {
        await using var studio = await PublishingUnderTest.StartAsync();
        var id = await studio.ScheduleAsync(TimeSpan.FromHours(25), privacy: "MUTUAL_FOLLOW_FRIENDS");
        studio.TikTok.PrivacyOptions = [];
        studio.TikTok.Before = (path, _) => path == Creator ? new(System.Net.HttpStatusCode.BadGateway) : null;
        await LookForAsync(studio, TimeSpan.FromHours(2));
        Assert.Empty(await NoticesAsync(studio));
        Assert.InRange(studio.TikTok.Count(Creator), 4, 6);

        studio.TikTok.Before = (_, _) => null;
        await LookForAsync(studio, TimeSpan.FromMinutes(20));

        Assert.Single(await NoticesAsync(studio));
        Assert.True((await studio.PostAsync(id)).IsAtRisk);
    }

    [Theory]
    [InlineData("media", nameof(HoldReason.MediaMissing))]
    [InlineData("ends", LookAhead.SignInEnds)]
    [InlineData("scope", nameof(HoldReason.MissingScope))]
    [InlineData("long", "duration_check_failed")]
    [InlineData("full", nameof(HoldReason.DailyCap))]
    public async Task S10_what_would_keep_a_post_from_going_out_is_told_by_its_name(string trouble, string cause)
    {
        await using var studio = await PublishingUnderTest.StartAsync();
        var media = await studio.VideoAsync(6_000_000);
        if (trouble == "full")
        {
            for (var i = 0; i < 15; i++)
                await studio.ScheduleAsync(TimeSpan.FromHours(20) + TimeSpan.FromMinutes(i), caption: $"Pot {i}");
        }
        var id = await studio.ScheduleAsync(TimeSpan.FromHours(25), mediaId: media);
        await (trouble switch
        {
            "ends" => SetAsync(studio, $"refresh_ends_at = {PublishingUnderTest.Start.AddHours(24).ToUnixTimeMilliseconds()}"),
            "scope" => SetAsync(studio, "scopes = 'user.info.basic'"),
            "long" => studio.Database.WriteAsync(session => session.RunAsync("update media set duration_ms = 601000 where id = @media", new { media })),
            _ => Task.CompletedTask,
        });
        if (trouble == "media")
            await studio.Services.GetRequiredService<Holdfast.Storage.Blobs.IBlobStore>().DeleteAsync(MediaFiles.VideoKey(media));

        await LookForAsync(studio, TimeSpan.FromHours(2));

        var notice = Assert.Single(await NoticesAsync(studio));
        Assert.Equal((Occasion.PostCheck, cause, id), (notice.Kind, notice.Cause, notice.PostId));
    }

    [Fact]
    public async Task S10_fifteen_posts_before_it_are_counted_and_those_after_it_are_not()
    {
        await using var studio = await PublishingUnderTest.StartAsync();
        for (var i = 0; i < 16; i++)
            await studio.ScheduleAsync(TimeSpan.FromHours(30) + TimeSpan.FromMinutes(i), caption: $"Pot {i}");

        await LookForAsync(studio, TimeSpan.FromHours(7));

        Assert.Equal("Pot 15", Assert.Single(await NoticesAsync(studio)).Caption);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task S10_two_workers_look_once(Engine engine)
    {
        await using var studio = await PublishingUnderTest.StartAsync(engine);
        for (var i = 0; i < 4; i++)
            await studio.ScheduleAsync(TimeSpan.FromHours(24.5), caption: $"Pot {i}");
        studio.Clock.Advance(TimeSpan.FromHours(1));
        var look = studio.Services.GetRequiredService<LookAheadDue>();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => look.RunDueAsync(default)));

        Assert.Equal(4, studio.TikTok.Count(Creator));
    }

    internal static async Task LookForAsync(PublishingUnderTest studio, TimeSpan time)
    {
        var look = studio.Services.GetRequiredService<LookAheadDue>();
        for (var until = studio.Clock.GetUtcNow() + time; studio.Clock.GetUtcNow() < until;)
        {
            studio.Clock.Advance(TimeSpan.FromMinutes(15));
            for (var turns = 0; await look.RunDueAsync(default); turns++)
                Assert.True(turns < 100, "The looks do not come to rest.");
        }
    }

    internal static Task<IReadOnlyList<NoticeRow>> NoticesAsync(PublishingUnderTest studio) =>
        studio.Services.GetRequiredService<NoticeStore>().ListAsync(studio.WorkspaceId, "nobody", onlyNew: false);

    private static Task SetAsync(PublishingUnderTest studio, string what) =>
        studio.Database.WriteAsync(session => session.RunAsync($"update connection set {what} where id = @ConnectionId", new { studio.ConnectionId }));
}
