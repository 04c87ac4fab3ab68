using System.Net;
using Holdfast.Domain.Posts;
using Holdfast.Specs.Storage;
using Holdfast.Storage;
using Holdfast.Studio.Posts;

namespace Holdfast.Specs.Studio.Posts;

/// <summary>An unknown result is never repeated blindly.</summary>
public sealed class UnknownResultSpecs
{
    private const string Init = "/v2/post/publish/video/init/";
    private const string Status = "/v2/post/publish/status/fetch/";

    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Fact]
    public async Task P1_after_an_init_without_an_answer_a_video_with_the_same_words_is_nobodys_proof_and_a_person_is_asked()
    {
        await using var studio = await PublishingUnderTest.StartAsync();
        var id = await studio.ScheduleAsync();
        studio.TikTok.After = (path, answer) => path == Init ? throw new HttpRequestException("the answer was lost") : answer;

        await studio.WorkAsync();
        Assert.Equal(PostState.Unconfirmed, await studio.StateAsync(id));
        studio.TikTok.Videos.Add(("9001", "A pot", studio.Clock.GetUtcNow()));
        await studio.WorkForAsync(TimeSpan.FromDays(2), TimeSpan.FromMinutes(10));

        Assert.True(await studio.PostAsync(id) is { AsksPerson: true, VideoId: null, Link: null });
        Assert.Equal("SimilarSeen", (await studio.CausesAsync(id))[^1]);
        Assert.Equal(1, studio.TikTok.Inits);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task P1_a_publish_id_that_TikTok_forgot_is_found_among_the_videos_only_with_every_proof(Engine engine)
    {
        await using var studio = await PublishingUnderTest.StartAsync(engine);
        var alone = await studio.ScheduleAsync(caption: "A pot");
        await studio.WorkAsync();
        var twins = new[] { await studio.ScheduleAsync(caption: "A bowl"), await studio.ScheduleAsync(caption: "A bowl") };
        await studio.WorkAsync();
        Assert.Equal(3, studio.TikTok.Videos.Count);
        studio.TikTok.Before = (path, _) => path == Status ? PostingTikTok.Says(400, "invalid_publish_id") : null;

        await studio.WorkForAsync(TimeSpan.FromHours(3), TimeSpan.FromSeconds(30));

        Assert.True(await studio.PostAsync(alone) is { State: PostState.Published, VideoId: "7001", Link: "https://www.tiktok.com/@ada/video/7001" });
        foreach (var twin in twins)
            Assert.True(await studio.PostAsync(twin) is { AsksPerson: true, VideoId: null });
        Assert.Equal(3, studio.TikTok.Inits);
    }

    [Fact]
    public async Task P1_a_video_that_was_on_the_profile_before_the_post_was_announced_is_not_it()
    {
        await using var studio = await PublishingUnderTest.StartAsync();
        studio.TikTok.Verdict = "PROCESSING_UPLOAD";
        studio.TikTok.Before = (path, _) => path == Status ? PostingTikTok.Says(400, "invalid_publish_id") : null;
        // This machine's clock is behind TikTok's: the old video seems to be made after the post was announced.
        studio.TikTok.Videos.Add(("6001", "A pot", studio.Clock.GetUtcNow().AddMinutes(5)));
        await studio.KnowsVideoAsync("6001");
        var id = await studio.ScheduleAsync(TimeSpan.FromMinutes(1));

        await studio.WorkForAsync(TimeSpan.FromHours(3), TimeSpan.FromSeconds(30));

        Assert.True(await studio.PostAsync(id) is { AsksPerson: true, VideoId: null });
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task P1_a_person_says_it_is_there_or_publishes_it_again_and_either_counts_once(Engine engine)
    {
        await using var studio = await PublishingUnderTest.StartAsync(engine);
        var there = await AskedAsync(studio, "There");
        var gone = await AskedAsync(studio, "Gone");
        Task<ChangeAnswer> Settle(string id, bool isPublished, long version) => studio.Posts.SettleAsync(studio.WorkspaceId, id, isPublished, version, "Maren");

        var first = await studio.PostAsync(there);
        Assert.Single(await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Settle(there, i % 2 == 0, first.Version))), ChangeAnswer.Done);
        if (await studio.StateAsync(there) is PostState.Published)
            Assert.Null((await studio.PostAsync(there)).VideoId);

        var inits = studio.TikTok.Inits;
        var second = await studio.PostAsync(gone);
        Assert.Single(await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Settle(gone, false, second.Version))), ChangeAnswer.Done);
        Assert.Equal(ChangeAnswer.TooLate, await Settle(gone, true, (await studio.PostAsync(gone)).Version));
        studio.TikTok.Before = (_, _) => null;
        await studio.WorkForAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(PostState.Published, await studio.StateAsync(gone));
        Assert.Single(studio.TikTok.Attempts.Skip(inits), attempt => attempt.Title == "Gone");
    }

    [Fact]
    public async Task P1_a_post_TikTok_may_have_ends_in_a_persons_hands_when_its_account_never_comes_back()
    {
        await using var studio = await PublishingUnderTest.StartAsync();
        studio.TikTok.Verdict = "PROCESSING_UPLOAD";
        var id = await studio.ScheduleAsync();
        await studio.WorkForAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(PostState.Processing, await studio.StateAsync(id));
        await studio.EndAsync();
        var before = await studio.PostAsync(id);

        await studio.WorkForAsync(TimeSpan.FromHours(30), TimeSpan.FromMinutes(10));

        var asks = await studio.PostAsync(id);
        Assert.True(asks.AsksPerson);
        Assert.True(asks.Version > before.Version, "Open pages do not hear of it.");
        // With the account back TikTok knows itself.
        studio.TikTok.Verdict = "PUBLISH_COMPLETE";
        studio.TikTok.TellsVideoId = false;
        await studio.ReconnectAsync();
        await studio.WorkForAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(PostState.Published, await studio.StateAsync(id));
        Assert.Equal(1, studio.TikTok.Inits);
    }

    [Fact]
    public async Task P1_an_init_without_an_answer_that_published_nothing_is_sent_again_only_after_looking()
    {
        await using var studio = await PublishingUnderTest.StartAsync();
        var id = await studio.ScheduleAsync();
        var isLost = true;
        studio.TikTok.After = (path, answer) => path == Init && isLost ? throw new HttpRequestException("the answer was lost") : answer;
        await studio.WorkAsync();
        isLost = false;

        await studio.WorkForAsync(TimeSpan.FromMinutes(20), TimeSpan.FromSeconds(20));

        Assert.Equal(PostState.Published, await studio.StateAsync(id));
        Assert.Contains("InitLost", await studio.CausesAsync(id));
        Assert.Equal(2, studio.TikTok.Inits);
        Assert.Single(studio.TikTok.Videos);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task P2_P13_whatever_transaction_the_power_is_cut_at_another_worker_goes_on_and_one_video_appears(Engine engine)
    {
        await using var studio = await PublishingUnderTest.StartAsync(engine);
        foreach (var afterCommit in new[] { false, true })
        {
            // Until a whole post goes by without reaching the transaction: then every one of them was died in.
            for (var (transaction, died) = (0, true); died; transaction++)
            {
                var (id, before) = (await studio.ScheduleAsync(caption: $"{afterCommit} {transaction}"), studio.TikTok.Videos.Count);
                studio.CrashAt(transaction, afterCommit);
                died = false;
                try
                {
                    await studio.WorkForAsync(TimeSpan.FromSeconds(10));
                }
                catch (PublishingUnderTest.PowerCut)
                {
                    died = true;
                }
                studio.CrashAt(-1, false);

                studio.Clock.Advance(TimeSpan.FromSeconds(119));
                await studio.WorkForAsync(TimeSpan.FromMinutes(20), TimeSpan.FromSeconds(30));

                Assert.True(await studio.StateAsync(id) is PostState.Published, $"Transaction {transaction}, after commit {afterCommit}: {string.Join(", ", await studio.CausesAsync(id))}");
                Assert.Equal(before + 1, studio.TikTok.Videos.Count);
                Assert.True(transaction < 200);
            }
        }
    }

    [Fact]
    public async Task P3_a_chunk_that_was_turned_away_is_sent_again_to_the_same_address()
    {
        await using var studio = await PublishingUnderTest.StartAsync();
        var id = await studio.ScheduleAsync(mediaId: await studio.VideoAsync(75_000_000));
        var uploads = 0;
        studio.TikTok.Before = (path, _) => path == "upload" && ++uploads == 4 ? new(HttpStatusCode.ServiceUnavailable) : null;

        await studio.WorkForAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(PostState.Published, await studio.StateAsync(id));
        Assert.Equal(1, studio.TikTok.Inits);
        Assert.Equal(8, uploads);
    }

    [Fact]
    public async Task P3_bytes_that_TikTok_lost_again_are_sent_again_without_a_hole()
    {
        await using var studio = await PublishingUnderTest.StartAsync();
        var id = await studio.ScheduleAsync(mediaId: await studio.VideoAsync(75_000_000));
        var uploads = 0;
        studio.TikTok.Before = (path, _) =>
        {
            if (path == "upload" && ++uploads == 5)
                studio.TikTok.Attempts[0].Received = 20_000_000;
            return null;
        };

        await studio.WorkForAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(PostState.Published, await studio.StateAsync(id));
        Assert.Equal(1, studio.TikTok.Inits);
        Assert.Equal(7 + 1 + 2, uploads);
    }

    [Fact]
    public async Task P4_an_address_that_ended_before_all_bytes_were_there_allows_a_new_start()
    {
        await using var studio = await PublishingUnderTest.StartAsync();
        var id = await studio.ScheduleAsync(mediaId: await studio.VideoAsync(75_000_000));
        var uploads = 0;
        studio.TikTok.Before = (path, _) => path == "upload" && ++uploads == 3 ? new(HttpStatusCode.Forbidden) : null;

        await studio.WorkForAsync(TimeSpan.FromMinutes(3));

        Assert.Equal(PostState.Published, await studio.StateAsync(id));
        Assert.Contains("UploadExpired", await studio.CausesAsync(id));
        Assert.Equal(2, studio.TikTok.Inits);
        Assert.Single(studio.TikTok.Videos);
    }

    [Fact]
    public async Task P5_when_the_last_chunks_answer_is_lost_the_status_is_asked_and_nothing_is_sent_again()
    {
        await using var studio = await PublishingUnderTest.StartAsync();
        var id = await studio.ScheduleAsync();
        studio.TikTok.After = (path, answer) => path == "upload" ? throw new HttpRequestException("the answer was lost") : answer;

        await studio.WorkForAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(PostState.Published, await studio.StateAsync(id));
        Assert.Equal(1, studio.TikTok.Count("upload"));
        Assert.Equal(1, studio.TikTok.Inits);
    }

    [Fact]
    public async Task P4_an_address_that_is_gone_because_everything_arrived_is_never_a_reason_for_a_second_init()
    {
        await using var studio = await PublishingUnderTest.StartAsync();
        var (uploads, arrivedAt) = (0, (DateTimeOffset?)null);
        studio.TikTok.Before = (path, _) => path switch
        {
            // The only chunk arrived, its answer did not; from then on the address is gone, and the count trails.
            "upload" when ++uploads > 1 => new(HttpStatusCode.Forbidden),
            Status when studio.Clock.GetUtcNow() - arrivedAt < TimeSpan.FromSeconds(25) => PostingTikTok.Uploaded(0),
            _ => null,
        };
        studio.TikTok.After = (path, answer) =>
        {
            if (path != "upload")
                return answer;
            arrivedAt = studio.Clock.GetUtcNow();
            throw new HttpRequestException("the answer was lost");
        };
        var id = await studio.ScheduleAsync();

        await studio.WorkForAsync(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(1));

        Assert.Equal(PostState.Published, await studio.StateAsync(id));
        Assert.InRange(uploads, 2, 3);
        Assert.Equal(1, studio.TikTok.Inits);
    }

    [Fact]
    public async Task P4_an_upload_that_never_succeeds_is_begun_a_few_times_and_then_waits_for_a_person()
    {
        await using var studio = await PublishingUnderTest.StartAsync();
        await studio.Database.WriteAsync(session => session.RunAsync("update workspace set late_minutes = 100000"));
        var id = await studio.ScheduleAsync(mediaId: await studio.VideoAsync(75_000_000));
        studio.TikTok.Before = (path, _) => path == "upload" ? new(HttpStatusCode.NotFound) : null;

        await studio.WorkForAsync(TimeSpan.FromDays(2), TimeSpan.FromMinutes(1));
        Assert.Equal(HoldReason.BegunTooOften, (await studio.PostAsync(id)).Hold);
        Assert.Equal(Publishing.MostInits, studio.TikTok.Inits);

        studio.TikTok.Before = (_, _) => null;
        Assert.Equal(ChangeAnswer.Done, await studio.Posts.PublishNowAsync(studio.WorkspaceId, id, (await studio.PostAsync(id)).Version, "Maren"));
        await studio.WorkForAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(PostState.Published, await studio.StateAsync(id));
    }

    /// <summary>A post of which TikTok knows nothing any more, and neither do we.</summary>
    private static async Task<string> AskedAsync(PublishingUnderTest studio, string caption)
    {
        studio.TikTok.Before = (path, _) => path == Status ? PostingTikTok.Says(400, "invalid_publish_id") : null;
        studio.TikTok.Verdict = "PROCESSING_UPLOAD";
        var id = await studio.ScheduleAsync(caption: caption);
        await studio.WorkForAsync(TimeSpan.FromHours(2), TimeSpan.FromSeconds(30));
        studio.TikTok.Verdict = "PUBLISH_COMPLETE";
        Assert.True((await studio.PostAsync(id)).AsksPerson);
        return id;
    }
}
