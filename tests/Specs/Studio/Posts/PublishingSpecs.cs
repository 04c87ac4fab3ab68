using Holdfast.Domain.Posts;
using Holdfast.Specs.Storage;
using Holdfast.Storage;
using Holdfast.Studio.Posts;

namespace Holdfast.Specs.Studio.Posts;

/// <summary>Every due post is published exactly once, and followed to its verdict.</summary>
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
        studio.TikTok.Before = (path, _) => path == Init && refusals++ < 2 ? PostingTikTok.Says(429, "rate_limit_exceeded") : null;
        var id = await studio.ScheduleAsync();

        await studio.WorkForAsync(TimeSpan.FromMinutes(8), TimeSpan.FromSeconds(10));

        Assert.Equal(PostState.Published, await studio.StateAsync(id));
        Assert.Single(studio.TikTok.Videos);
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
