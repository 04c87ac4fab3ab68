using Holdfast.Domain.Errors;
using Holdfast.Domain.Posts;
using static Holdfast.Domain.Posts.PostState;
using static Holdfast.Specs.Domain.Posts.APost;

namespace Holdfast.Specs.Domain.Posts;

public sealed class PublishingSpecs
{
    [Fact]
    public void A_post_goes_from_its_time_to_its_link()
    {
        var post = Scheduled();
        Assert.IsType<PostStep.Nothing>(post.Next(At(Due.AddSeconds(-1))).Step);

        post = Expect<PostStep.QueryCreatorInfo>(post.Next(At(Due)), Checking);
        post = Expect<PostStep.Init>(post.After(Allowed, At(Due)), Checking);
        post = Expect<PostStep.UploadChunk>(post.After(new PostFact.InitAccepted("v_pub_file~v2-1.1"), At(Due)), Initialised);
        var half = post.After(new PostFact.ChunkAccepted(Size / 2, false), At(Due));
        Assert.Equal(new PostStep.UploadChunk(Size / 2), half.Step);
        post = Expect<PostStep.Nothing>(half.Post.After(new PostFact.ChunkAccepted(Size, true), At(Due)), Processing);
        Assert.Equal(Due.AddSeconds(3), post.NextStepAt);
        post = Expect<PostStep.AskStatus>(post.Next(At(Due.AddSeconds(3))), Processing);
        post = Expect<PostStep.Nothing>(post.After(new PostFact.StatusSeen(PublishStatus.Complete, VideoId: "741"), At(Due.AddSeconds(3))), Published);
        Assert.Equal(("741", null, false), (post.Trail.VideoId, post.NextStepAt, post.IsLinkPending));
    }

    [Fact]
    public void The_saved_post_says_that_the_init_was_sent_before_anybody_sends_it()
    {
        var change = Scheduled().Next(At(Due)).Post.After(Allowed, At(Due));
        Assert.IsType<PostStep.Init>(change.Step);
        Assert.Equal((Due, 1), (change.Post.Trail.InitSentAt, change.Post.Trail.Inits));
        Assert.False(change.Post.CanEdit);
    }

    [Fact, Trait("scenario", "P6")]
    public void Long_processing_slows_the_polls_and_takes_the_verdict_over_whenever_it_comes()
    {
        var (post, now, polls) = (InProcessing(), Due, 0);
        while (now < Due.AddHours(6))
        {
            now = post.NextStepAt!.Value;
            post = Ask(post, now).After(Seen(PublishStatus.Uploading, uploaded: Size), At(now)).Post;
            polls++;
            if (now <= Due.AddMinutes(1))
                Assert.True(polls <= 30);
        }

        Assert.Equal(Processing, post.State);
        Assert.True(post.IsSlow(now));
        Assert.True(polls < 100, $"{polls} polls");
        Expect<PostStep.Nothing>(post.After(Seen(PublishStatus.Complete, videoId: "741"), At(now)), Published);
    }

    [Fact, Trait("scenario", "P7")]
    public void Published_without_a_link_is_published_and_the_link_is_filled_in_later()
    {
        var post = Expect<PostStep.Nothing>(InProcessing().After(Seen(PublishStatus.Complete), At(Due)), Published);
        Assert.True(post.IsLinkPending);
        Assert.NotNull(post.NextStepAt);

        var linked = Ask(post, post.NextStepAt!.Value).After(Seen(PublishStatus.Complete, videoId: "741"), At(Due.AddMinutes(1)));
        Assert.Equal(("741", null, "LinkKnown"), (linked.Post.Trail.VideoId, linked.Post.NextStepAt, linked.Entry!.Cause));
        Assert.Null(Ask(post, Due.AddDays(8)).After(Seen(PublishStatus.Complete), At(Due.AddDays(8))).Post.NextStepAt);
    }

    [Fact, Trait("scenario", "P7")]
    public void A_post_for_few_eyes_never_waits_for_a_public_link()
    {
        var post = (InProcessing() with { Privacy = PrivacyRule.OnlyMe }).After(Seen(PublishStatus.Complete), At(Due)).Post;
        Assert.Equal((false, null), (post.IsLinkPending, post.NextStepAt));
    }

    [Fact, Trait("scenario", "P8")]
    public void A_draft_waits_in_the_inbox_until_the_person_has_finished_it()
    {
        var post = Expect<PostStep.Nothing>(InProcessing().After(Seen(PublishStatus.InInbox), At(Due)), InInbox);
        Expect<PostStep.Nothing>(Ask(post, post.NextStepAt!.Value).After(Seen(PublishStatus.Complete, videoId: "741"), At(Due.AddHours(1))), Published);
    }

    [Theory, Trait("scenario", "P9")]
    [InlineData("file_format_check_failed", Remedy.FixMedia)]
    [InlineData("duration_check_failed", Remedy.FixMedia)]
    [InlineData("frame_rate_check_failed", Remedy.FixMedia)]
    [InlineData("picture_size_check_failed", Remedy.FixMedia)]
    [InlineData("spam_risk_text", Remedy.FixSettings)]
    [InlineData("spam_risk", Remedy.None)]
    [InlineData("spam_risk_user_banned_from_posting", Remedy.None)]
    [InlineData("publish_cancelled", Remedy.None)]
    [InlineData("a_reason_from_next_year", Remedy.None)]
    public void A_verdict_that_time_cannot_heal_fails_with_its_remedy_and_is_not_tried_again(string reason, Remedy remedy)
    {
        var change = InProcessing().After(new PostFact.StatusSeen(PublishStatus.Failed, reason, LogId: "log-9"), At(Due));
        Assert.Equal((Failed, null, remedy, reason), (change.Post.State, change.Post.NextStepAt, change.Post.Failure!.Remedy, change.Post.Failure.Code));
        Assert.Equal((reason, "log-9"), (change.Entry!.Code, change.Entry.LogId));
    }

    [Theory, Trait("scenario", "P9")]
    [InlineData("internal", HoldReason.TikTokUnavailable)]
    [InlineData("auth_removed", HoldReason.NeedsSignIn)]
    [InlineData("spam_risk_too_many_posts", HoldReason.DailyCap)]
    public void A_verdict_that_something_can_heal_holds_the_post(string reason, HoldReason hold)
    {
        var post = InProcessing().After(new PostFact.StatusSeen(PublishStatus.Failed, reason), At(Due)).Post;
        Assert.Equal((Held, hold, null), (post.State, post.Hold, post.Trail.PublishId));
        Assert.NotNull(post.NextStepAt);
    }

    [Fact, Trait("scenario", "P14")]
    public void A_rate_limit_puts_the_post_off_and_fails_nothing()
    {
        var change = SendingInit().After(new PostFact.Refused("rate_limit_exceeded", RetryAfter: TimeSpan.FromSeconds(90)), At(Due));
        Assert.Equal((PostState.Scheduled, Due.AddSeconds(90)), (change.Post.State, change.Post.NextStepAt));
        Expect<PostStep.QueryCreatorInfo>(change.Post.Next(At(Due.AddSeconds(90))), Checking);
    }

    [Fact, Trait("scenario", "P15")]
    public void A_used_up_day_moves_the_post_to_the_next_free_slot_and_it_is_not_late_there()
    {
        var slot = Due.AddHours(5);
        var post = SendingInit().After(new PostFact.Refused("spam_risk_too_many_posts"), At(Due) with { SlotFreeAt = slot }).Post;
        Assert.Equal((Held, HoldReason.DailyCap, slot), (post.State, post.Hold, post.NextStepAt));
        Expect<PostStep.QueryCreatorInfo>(post.Next(At(slot)), Checking);
    }

    [Theory]
    [InlineData("reached_active_user_cap", HoldReason.UserCap)]
    [InlineData("unaudited_client_can_only_post_to_private_accounts", HoldReason.AccountMustBePrivate)]
    [InlineData("privacy_level_option_mismatch", HoldReason.PrivacyNotOffered)]
    [InlineData("scope_not_authorized", HoldReason.MissingScope)]
    [Trait("scenario", "P16"), Trait("scenario", "P17")]
    public void What_the_post_cannot_help_holds_it_with_the_true_reason(string code, HoldReason hold)
    {
        var change = SendingInit().After(new PostFact.Refused(code, "log-3"), At(Due));
        Assert.Equal((Held, hold), (change.Post.State, change.Post.Hold));
        Assert.Equal((code, "log-3"), (change.Entry!.Code, change.Entry.LogId));
    }

    [Fact, Trait("scenario", "P17")]
    public void An_unaudited_app_is_told_while_composing()
    {
        string[] ofPublic = [PrivacyRule.Everyone, PrivacyRule.OnlyMe], ofPrivate = [PrivacyRule.Followers, PrivacyRule.OnlyMe];
        Assert.Equal("unaudited.account-must-be-private", PrivacyRule.UnauditedProblem(false, ofPublic, PrivacyRule.OnlyMe));
        Assert.Equal("unaudited.only-me", PrivacyRule.UnauditedProblem(false, ofPrivate, PrivacyRule.Followers));
        Assert.Null(PrivacyRule.UnauditedProblem(false, ofPrivate, PrivacyRule.OnlyMe));
        Assert.Null(PrivacyRule.UnauditedProblem(true, ofPublic, PrivacyRule.Everyone));
    }

    [Fact, Trait("scenario", "P18")]
    public void An_audience_no_longer_offered_asks_a_person_and_is_never_changed()
    {
        var post = Scheduled().Next(At(Due)).Post.After(new PostFact.CreatorAllows([PrivacyRule.Followers, PrivacyRule.OnlyMe]), At(Due)).Post;
        Assert.Equal((Held, HoldReason.PrivacyNotOffered, null, PrivacyRule.Everyone), (post.State, post.Hold, post.NextStepAt, post.Privacy));
    }

    [Fact, Trait("scenario", "P19")]
    public void A_video_longer_than_the_account_may_post_fails_before_the_init()
    {
        var post = (Scheduled() with { Duration = TimeSpan.FromMinutes(11) }).Next(At(Due)).Post.After(Allowed, At(Due)).Post;
        Assert.Equal((Failed, Remedy.FixMedia, 0), (post.State, post.Failure!.Remedy, post.Trail.Inits));
    }

    [Fact, Trait("scenario", "P21")]
    public void Missing_media_holds_the_post_and_is_looked_for_again()
    {
        var post = Scheduled().Next(At(Due)).Post.After(new PostFact.MediaMissing(), At(Due)).Post;
        Assert.Equal((Held, HoldReason.MediaMissing, Due.AddMinutes(1)), (post.State, post.Hold, post.NextStepAt));
        Expect<PostStep.QueryCreatorInfo>(post.Next(At(Due.AddMinutes(1))), Checking);
    }

    [Fact, Trait("scenario", "R13"), Trait("scenario", "R14")]
    public void A_token_refused_while_polling_keeps_the_same_publish_id()
    {
        var post = InProcessing().After(new PostFact.Refused("access_token_invalid"), At(Due)).Post;
        Assert.Equal((Processing, "v_pub_file~v2-1.1", 1), (post.State, post.Trail.PublishId, post.Trail.Inits));
        Assert.Equal(new PostStep.AskStatus("v_pub_file~v2-1.1"), post.Next(At(post.NextStepAt!.Value)).Step);
    }

    [Fact, Trait("scenario", "R20"), Trait("scenario", "P22")]
    public void An_outage_holds_the_post_with_its_reason_and_the_late_rule_decides_afterwards()
    {
        var (post, now, waits) = (Scheduled(), Due, new List<double>());
        while (post.Next(At(now)) is { Step: PostStep.QueryCreatorInfo } asked)
        {
            post = asked.Post.After(new PostFact.Unanswered("503"), At(now)).Post;
            Assert.Equal((Held, HoldReason.TikTokUnavailable), (post.State, post.Hold));
            waits.Add((post.NextStepAt!.Value - now).TotalSeconds);
            now = post.NextStepAt.Value;
        }

        Assert.Equal([60, 300, 1_800, 1_800], waits);
        Assert.Equal((Held, HoldReason.Late), (post.Next(At(now)).Post.State, post.Next(At(now)).Post.Hold));
    }
}
