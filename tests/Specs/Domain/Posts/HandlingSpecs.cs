using Holdfast.Domain.Posts;
using static Holdfast.Domain.Posts.PostState;

namespace Holdfast.Specs.Domain.Posts;

public sealed class HandlingSpecs
{
    private static readonly DateTimeOffset Due = DateTimeOffset.Parse("2026-11-22T18:00:00Z");

    [Fact, Trait("scenario", "O12"), Trait("scenario", "O10")]
    public void After_signing_in_future_posts_keep_their_time_and_missed_ones_follow_the_late_rule_each_once()
    {
        var held = APost.Scheduled().HoldFor(HoldReason.NeedsSignIn, At(Due.AddDays(-1)));
        Assert.Equal((Held, HoldReason.NeedsSignIn), (held.Post.State, held.Post.Hold));
        Assert.NotNull(held.Entry);

        var future = held.Post.Resume(At(Due.AddHours(-1)));
        Assert.Equal((Scheduled, Due, null), (future.Post.State, future.Post.NextStepAt, future.Post.Hold));
        var missed = held.Post.Resume(At(Due.AddMinutes(30)));
        Assert.Equal((Scheduled, Due.AddMinutes(30)), (missed.Post.State, missed.Post.NextStepAt));
        var late = held.Post.Resume(At(Due.AddMinutes(61)));
        Assert.Equal((Held, HoldReason.Late, null), (late.Post.State, late.Post.Hold, late.Post.NextStepAt));

        foreach (var change in (PostChange[])[future, missed, late])
            Assert.Equal(change.Post, change.Post.Resume(At(Due.AddMinutes(62))).Post);
    }

    [Fact, Trait("scenario", "O12")]
    public void A_wake_up_that_crossed_the_hold_is_made_good_within_the_hour()
    {
        var held = APost.Scheduled().Next(At(Due) with { Blocked = HoldReason.NeedsSignIn }).Post;
        Assert.Equal(Due.AddHours(1), held.NextStepAt);
        Assert.Equal(Held, held.Next(At(Due.AddHours(1)) with { Blocked = HoldReason.NeedsSignIn }).Post.State);
        Assert.IsType<PostStep.QueryCreatorInfo>(held.Next(At(Due.AddHours(1))).Step);
    }

    [Fact, Trait("scenario", "S1")]
    public void A_post_less_late_than_the_rule_allows_goes_out_and_a_later_one_asks()
    {
        Assert.IsType<PostStep.QueryCreatorInfo>(APost.Scheduled().Next(At(Due.AddMinutes(45))).Step);
        var late = APost.Scheduled().Next(At(Due.AddMinutes(61))).Post;
        Assert.Equal((Held, HoldReason.Late), (late.State, late.Hold));

        var confirmed = late.Schedule(Due.AddHours(2))!;
        Assert.IsType<PostStep.QueryCreatorInfo>(confirmed.Next(At(Due.AddHours(2))).Step);
    }

    [Fact, Trait("scenario", "S2")]
    public void Two_days_away_floods_nobody_every_missed_post_waits_for_a_person() =>
        Assert.All(Enumerable.Range(0, 300), minute =>
        {
            var post = APost.Scheduled().Schedule(Due.AddMinutes(minute))!.Next(At(Due.AddDays(2))).Post;
            Assert.Equal((Held, HoldReason.Late, null), (post.State, post.Hold, post.NextStepAt));
        });

    [Theory, Trait("scenario", "P24")]
    [InlineData(Draft, true)]
    [InlineData(Scheduled, true)]
    [InlineData(Held, true)]
    [InlineData(Failed, true)]
    [InlineData(Checking, true)]
    [InlineData(Initialised, false)]
    [InlineData(Uploading, false)]
    [InlineData(Processing, false)]
    [InlineData(Published, false)]
    [InlineData(InInbox, false)]
    [InlineData(Unconfirmed, false)]
    public void Changing_and_cancelling_end_where_TikTok_begins(PostState state, bool allowed)
    {
        var post = APost.Scheduled() with { State = state };
        Assert.Equal(allowed, post.CanEdit);
        Assert.Equal(allowed, post.Cancel() is { State: Cancelled, NextStepAt: null });
        Assert.Equal(allowed, post.Schedule(Due.AddDays(1)) is { State: Scheduled });
        Assert.Equal(allowed, post.Unschedule() is { State: Draft, NextStepAt: null });
    }

    [Fact, Trait("scenario", "P24")]
    public void An_init_that_is_about_to_go_out_can_no_longer_be_cancelled() =>
        Assert.Null((APost.Scheduled() with { State = Checking, Trail = new(InitSentAt: Due) }).Cancel());

    [Fact]
    public void A_hold_that_asks_a_person_is_not_replaced_by_one_that_ends_by_itself()
    {
        var late = APost.Scheduled().Next(At(Due.AddDays(1))).Post;
        Assert.Equal(late, late.HoldFor(HoldReason.NeedsSignIn, At(Due.AddDays(1))).Post);
        Assert.Equal(late, late.Resume(At(Due.AddDays(1))).Post);
    }

    [Fact]
    public void What_TikTok_already_has_is_not_held_and_is_asked_about_at_once_after_signing_in()
    {
        var post = APost.Scheduled() with { State = Processing, NextStepAt = Due, Trail = new(InitSentAt: Due, PublishId: "p", ReceivedAt: Due) };
        var blocked = At(Due) with { Blocked = HoldReason.NeedsSignIn };
        Assert.Equal(Processing, post.HoldFor(HoldReason.NeedsSignIn, blocked).Post.State);
        var parked = post.Next(blocked).Post;
        Assert.Equal(Due.AddHours(1), parked.NextStepAt);
        Assert.Equal(Due.AddMinutes(5), parked.Resume(At(Due.AddMinutes(5))).Post.NextStepAt);
    }

    [Fact]
    public void Every_hold_has_an_end() => Assert.All(Enum.GetValues<HoldReason>(), reason => HoldRule.Ends(reason));

    private static PostContext At(DateTimeOffset now) => new(now, LateRule.Default);
}
