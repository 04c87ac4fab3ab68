using System.Net;
using Holdfast.Domain.Posts;
using Holdfast.Specs.Storage;
using Holdfast.Storage;
using Holdfast.Studio.Posts;

namespace Holdfast.Specs.Studio.Posts;

/// <summary>Every due post is published exactly once, or waits with a true reason.</summary>
public sealed class PublishingSpecs
{
    private const string Init = "/v2/post/publish/video/init/";
    private const string Status = "/v2/post/publish/status/fetch/";
    private const string Creator = "/v2/post/publish/creator_info/query/";

    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_due_post_goes_out_once_and_gets_its_link(Engine engine)
    {
        await using var studio = await PublishingUnderTest.StartAsync(engine);
        var id = await studio.ScheduleAsync(TimeSpan.FromMinutes(5));

        await studio.WorkAsync();
        Assert.Equal(PostState.Scheduled, await studio.StateAsync(id));
        await studio.WorkForAsync(TimeSpan.FromMinutes(6));

        var post = await studio.PostAsync(id);
        Assert.Equal(PostState.Published, post.State);
        Assert.Equal("https://www.tiktok.com/@ada/video/7001", post.Link);
        Assert.Equal(1, studio.TikTok.Inits);
        Assert.Equal(["Scheduled", "Checking", "Initialised", "Uploading", "Processing", "Published"], (await studio.CausesAsync(id)).Where(cause => cause != "LinkKnown"));
    }

    [Fact]
    public async Task P1_an_init_that_timed_out_is_never_repeated_blindly_and_is_found_among_the_videos()
    {
        await using var studio = await PublishingUnderTest.StartAsync();
        var id = await studio.ScheduleAsync();
        studio.TikTok.After = (path, answer) => path == Init ? throw new HttpRequestException("the answer was lost") : answer;

        await studio.WorkAsync();
        Assert.Equal(PostState.Unconfirmed, await studio.StateAsync(id));
        studio.TikTok.Videos.Add(("9001", "A pot", studio.Clock.GetUtcNow()));
        await studio.WorkForAsync(TimeSpan.FromMinutes(10));

        var post = await studio.PostAsync(id);
        Assert.Equal(PostState.Published, post.State);
        Assert.Equal("9001", post.VideoId);
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
    public async Task P6_a_post_that_is_checked_for_six_hours_is_not_failed_and_asked_about_ever_less()
    {
        await using var studio = await PublishingUnderTest.StartAsync();
        studio.TikTok.Verdict = "PROCESSING_UPLOAD";
        var id = await studio.ScheduleAsync();

        await studio.WorkForAsync(TimeSpan.FromHours(6), TimeSpan.FromSeconds(30));
        Assert.Equal(PostState.Processing, await studio.StateAsync(id));
        var asked = studio.TikTok.Count(Status);
        Assert.InRange(asked, 20, 120);

        studio.TikTok.Videos.Add(("7001", "A pot", studio.Clock.GetUtcNow()));
        studio.TikTok.Verdict = "PUBLISH_COMPLETE";
        await studio.WorkForAsync(TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(1));
        Assert.Equal(PostState.Published, await studio.StateAsync(id));
    }

    [Fact]
    public async Task P7_published_without_a_public_id_is_published_and_the_link_follows()
    {
        await using var studio = await PublishingUnderTest.StartAsync();
        studio.TikTok.TellsVideoId = false;
        var id = await studio.ScheduleAsync();
        await studio.WorkForAsync(TimeSpan.FromMinutes(1));

        Assert.True((await studio.PostAsync(id)) is { State: PostState.Published, IsLinkPending: true });
        studio.TikTok.TellsVideoId = true;
        await studio.WorkForAsync(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(30));

        Assert.Equal("https://www.tiktok.com/@ada/video/7001", (await studio.PostAsync(id)).Link);
    }

    [Fact]
    public async Task P8_a_draft_in_the_inbox_waits_for_the_person()
    {
        await using var studio = await PublishingUnderTest.StartAsync();
        studio.TikTok.Verdict = "SEND_TO_USER_INBOX";
        var id = await studio.ScheduleAsync();

        await studio.WorkForAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(PostState.InInbox, await studio.StateAsync(id));
    }

    [Theory]
    [InlineData("file_format_check_failed", PostState.Failed)]
    [InlineData("duration_check_failed", PostState.Failed)]
    [InlineData("frame_rate_check_failed", PostState.Failed)]
    [InlineData("picture_size_check_failed", PostState.Failed)]
    [InlineData("spam_risk", PostState.Failed)]
    [InlineData("spam_risk_text", PostState.Failed)]
    [InlineData("spam_risk_user_banned_from_posting", PostState.Failed)]
    [InlineData("auth_removed", PostState.Held)]
    [InlineData("spam_risk_too_many_posts", PostState.Held)]
    [InlineData("internal", PostState.Held)]
    public async Task P9_every_verdict_has_its_own_sentence_and_no_useless_retry(string reason, PostState expected)
    {
        await using var studio = await PublishingUnderTest.StartAsync();
        studio.TikTok.Verdict = "FAILED";
        studio.TikTok.FailReason = reason;
        var id = await studio.ScheduleAsync();
        await studio.WorkForAsync(TimeSpan.FromSeconds(20));

        var post = await studio.PostAsync(id);
        Assert.Equal(expected, post.State);
        if (expected is PostState.Failed)
        {
            Assert.Equal(reason, post.FailureCode);
            Assert.NotEqual("posts.error.unknown", PostWords.ErrorKey(post.FailureCode));
            await studio.WorkForAsync(TimeSpan.FromHours(3), TimeSpan.FromMinutes(10));
            Assert.Equal(1, studio.TikTok.Inits);
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task P10_many_workers_that_see_the_same_due_post_publish_it_once(Engine engine)
    {
        await using var studio = await PublishingUnderTest.StartAsync(engine);
        var id = await studio.ScheduleAsync();

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => studio.WorkAsync()));
        await studio.WorkForAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(PostState.Published, await studio.StateAsync(id));
        Assert.Equal(1, studio.TikTok.Inits);
        Assert.Single(studio.TikTok.Videos);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task P12_the_same_form_sent_twice_at_once_makes_one_post(Engine engine)
    {
        await using var studio = await PublishingUnderTest.StartAsync(engine);
        var media = await studio.SampleAsync();

        var ids = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => studio.ScheduleAsync(formKey: "the same page", mediaId: media)));

        Assert.Single(ids.Distinct());
        Assert.Single(await studio.Posts.PageAsync(studio.WorkspaceId, PostFilter.All));
    }

    [Fact]
    public async Task P14_a_rate_limit_makes_the_post_later_not_failed()
    {
        await using var studio = await PublishingUnderTest.StartAsync();
        var refusals = 0;
        studio.TikTok.Before = (path, _) => path == Init && refusals++ < 2 ? FakeTikTok.Says(429, "rate_limit_exceeded") : null;
        var id = await studio.ScheduleAsync();

        await studio.WorkForAsync(TimeSpan.FromMinutes(8), TimeSpan.FromSeconds(10));

        Assert.Equal(PostState.Published, await studio.StateAsync(id));
        Assert.Single(studio.TikTok.Videos);
    }

    [Fact]
    public async Task P16_a_full_app_holds_the_post_and_says_that_it_is_the_apps_limit()
    {
        await using var studio = await PublishingUnderTest.StartAsync();
        studio.TikTok.Before = (path, _) => path == Creator ? FakeTikTok.Says(200, "reached_active_user_cap") : null;
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
        blobs.Delete(Holdfast.Studio.Media.MediaFiles.VideoKey(media));
        var id = await studio.ScheduleAsync(mediaId: media);
        await studio.WorkAsync();
        Assert.Equal(HoldReason.MediaMissing, (await studio.PostAsync(id)).Hold);
        Assert.Equal(0, studio.TikTok.Inits);

        await blobs.WriteAsync(Holdfast.Studio.Media.MediaFiles.VideoKey(media), 0, new MemoryStream(new byte[6_000_000]), 6_000_000, default);
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

    [Fact]
    public async Task P24_a_change_after_the_announcement_is_refused_and_before_it_wins_over_the_worker()
    {
        await using var studio = await PublishingUnderTest.StartAsync();
        studio.TikTok.Verdict = "PROCESSING_UPLOAD";
        var sent = await studio.ScheduleAsync();
        await studio.WorkAsync();
        var post = await studio.PostAsync(sent);
        Assert.Equal(ChangeAnswer.TooLate, await studio.Posts.CancelAsync(studio.WorkspaceId, sent, post.Version, "Maren"));
        Assert.Equal(ChangeAnswer.TooLate, await studio.Posts.MoveAsync(studio.WorkspaceId, sent, studio.Clock.GetUtcNow().AddDays(1), post.Version));

        // Cancelled in the very moment in which the worker asks TikTok what the account may post.
        var id = await studio.ScheduleAsync(caption: "second");
        studio.TikTok.Before = (path, _) =>
        {
            if (path == Creator)
                Assert.Equal(ChangeAnswer.Done, studio.Posts.CancelAsync(studio.WorkspaceId, id, studio.PostAsync(id).GetAwaiter().GetResult().Version, "Maren").GetAwaiter().GetResult());
            return null;
        };
        await studio.WorkAsync();

        Assert.Equal(PostState.Cancelled, await studio.StateAsync(id));
        Assert.Equal(1, studio.TikTok.Inits);
    }

    [Fact]
    public async Task R12_an_access_token_that_ends_in_the_middle_of_an_upload_costs_no_second_init()
    {
        await using var studio = await PublishingUnderTest.StartAsync();
        var id = await studio.ScheduleAsync(mediaId: await studio.VideoAsync(75_000_000));
        studio.TikTok.Before = (path, _) =>
        {
            if (path == "upload")
                studio.TikTok.DeadTokens.Add("act.0");
            return null;
        };

        await studio.WorkForAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(PostState.Published, await studio.StateAsync(id));
        Assert.Equal(1, studio.TikTok.Inits);
        Assert.Equal(1, studio.TikTok.Count("/v2/oauth/token/"));
    }

    [Fact]
    public async Task R13_an_access_token_that_ends_while_the_status_is_asked_is_renewed_and_the_same_post_followed()
    {
        await using var studio = await PublishingUnderTest.StartAsync();
        studio.TikTok.Verdict = "PROCESSING_UPLOAD";
        var id = await studio.ScheduleAsync();
        await studio.WorkForAsync(TimeSpan.FromSeconds(10));
        studio.TikTok.DeadTokens.Add("act.0");
        studio.TikTok.Videos.Add(("7001", "A pot", studio.Clock.GetUtcNow()));
        studio.TikTok.Verdict = "PUBLISH_COMPLETE";

        await studio.WorkForAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(PostState.Published, await studio.StateAsync(id));
        Assert.Equal(1, studio.TikTok.Inits);
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

    [Fact]
    public async Task S8_one_slow_upload_keeps_nobody_waiting_for_the_first_call()
    {
        await using var studio = await PublishingUnderTest.StartAsync();
        var slow = await studio.ScheduleAsync(caption: "slow");
        await ((Holdfast.Studio.Posts.Publishing.PublishDue)studio.Services.GetService(typeof(Holdfast.Studio.Posts.Publishing.PublishDue))!).RunDueAsync(default);
        var others = new List<string>();
        for (var i = 0; i < 40; i++)
            others.Add(await studio.ScheduleAsync(caption: $"Pot {i}", connectionId: await studio.ConnectAsync($"open-{i + 2}")));

        // Nobody carries videos meanwhile: the lane for them is taken.
        var publish = (Holdfast.Studio.Posts.Publishing.PublishDue)studio.Services.GetService(typeof(Holdfast.Studio.Posts.Publishing.PublishDue))!;
        while (await publish.RunDueAsync(default))
        {
        }

        Assert.Equal(41, studio.TikTok.Inits);
        Assert.Equal(PostState.Initialised, await studio.StateAsync(slow));
    }
}
