using Holdfast.Domain.Posts;
using static Holdfast.Domain.Posts.PostState;
using static Holdfast.Specs.Domain.Posts.APost;

namespace Holdfast.Specs.Domain.Posts;

public sealed class ConfirmingSpecs
{
    [Fact, Trait("scenario", "P1")]
    public void An_init_without_an_answer_is_unconfirmed_and_looked_for_before_anything_is_sent_again()
    {
        var post = Expect<PostStep.Nothing>(SendingInit().After(Lost, At(Due)), Unconfirmed);
        post = Expect<PostStep.AskVideoList>(post.Next(At(Due.AddMinutes(1))), Unconfirmed);
        post = Expect<PostStep.Nothing>(post.After(FoundNothing, At(Due.AddMinutes(1))), Unconfirmed);
        post = Expect<PostStep.AskVideoList>(post.Next(At(Due.AddMinutes(6))), Unconfirmed);
        var again = post.After(FoundNothing, At(Due.AddMinutes(6)));
        Assert.Equal((PostState.Scheduled, "InitLost", Due.AddMinutes(7)), (again.Post.State, again.Entry!.Cause, again.Post.NextStepAt));
        Expect<PostStep.QueryCreatorInfo>(again.Post.Next(At(Due.AddMinutes(7))), Checking);
    }

    [Fact, Trait("scenario", "P1")]
    public void A_video_with_the_same_words_never_settles_an_init_without_an_address_and_never_allows_a_second_one()
    {
        // Not one byte of ours went out: somebody else made that video, perhaps the person, by hand.
        foreach (var sighting in new Sighting[] { new Sighting.Ours("741"), new Sighting.Similar() })
        {
            var seen = SendingInit().After(Lost, At(Due)).Post.After(Found(sighting), At(Due.AddMinutes(1)));
            Assert.Equal((true, null, "SimilarSeen"), (seen.Post.AsksPerson, seen.Post.Trail.VideoId, seen.Entry!.Cause));
        }
    }

    [Fact, Trait("scenario", "P1")]
    public void TikToks_own_word_is_asked_for_before_the_list_is_searched()
    {
        var now = Due.AddMinutes(1);
        var asked = Ask(Unknown(), now);
        Expect<PostStep.AskVideoList>(asked.After(new PostFact.Refused("invalid_publish_id"), At(now)), Unconfirmed);
        Expect<PostStep.AskVideoList>(asked.After(Seen(PublishStatus.Uploading, uploaded: 20_000_000), At(now)), Unconfirmed);
        Expect<PostStep.Nothing>(asked.After(Seen(PublishStatus.Uploading, uploaded: Size), At(now)), Processing);
        Expect<PostStep.Nothing>(asked.After(Seen(PublishStatus.Complete, videoId: "741"), At(now)), Published);
        Assert.Equal(Failed, asked.After(new PostFact.StatusSeen(PublishStatus.Failed, "spam_risk"), At(now)).Post.State);
    }

    [Fact, Trait("scenario", "P1")]
    public void A_video_with_the_same_words_settles_a_post_only_with_every_proof()
    {
        var ours = Unknown().After(Found(new Sighting.Ours("741")), At(Due.AddMinutes(1)));
        Assert.Equal((Published, "741"), (ours.Post.State, ours.Post.Trail.VideoId));
        Expect<PostStep.Nothing>(Unknown().After(Found(new Sighting.Similar()), At(Due.AddMinutes(1))), Unconfirmed);
    }

    [Fact, Trait("scenario", "P2"), Trait("scenario", "P13")]
    public void A_process_killed_between_init_and_saving_its_answer_leaves_an_unconfirmed_post() =>
        Expect<PostStep.Nothing>(SendingInit().Next(At(Due.AddMinutes(2))), Unconfirmed);

    [Theory, Trait("scenario", "P1")]
    [InlineData("internal_error")]
    [InlineData("some_code_from_next_year")]
    public void A_code_that_does_not_prove_a_refusal_leaves_an_unconfirmed_post(string code) =>
        Expect<PostStep.Nothing>(SendingInit().After(new PostFact.Refused(code), At(Due)), Unconfirmed);

    [Fact, Trait("scenario", "P1")]
    public void Without_a_video_list_a_lost_init_is_settled_when_its_address_has_died_unseen()
    {
        var post = SendingInit().After(Lost, At(Due)).Post;
        var late = new LateRule(TimeSpan.FromHours(3));
        var early = post.After(new PostFact.Refused("scope_not_authorized"), At(Due.AddMinutes(59)) with { Late = late });
        Assert.Equal(Unconfirmed, early.Post.State);
        Assert.Equal("InitLost", early.Post.After(new PostFact.Refused("scope_not_authorized"), At(Due.AddMinutes(60)) with { Late = late }).Entry!.Cause);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_cannot_be_found_out_is_settled_by_a_person_and_never_sent_again_unasked(bool similar)
    {
        var (post, now, told) = (Unknown(), Due, new List<string>());
        while (post.NextStepAt is { } next)
        {
            Assert.Equal(Unconfirmed, post.State);
            now = next;
            post = Expect<PostStep.AskVideoList>(Ask(post, now).After(new PostFact.Refused("invalid_publish_id"), At(now)), Unconfirmed);
            var looked = post.After(similar ? Found(new Sighting.Similar()) : FoundNothing, At(now));
            told.AddRange(looked.Entry is { } entry ? [entry.Cause] : []);
            post = looked.Post;
        }

        Assert.True(post.AsksPerson);
        Assert.Equal([similar ? "SimilarSeen" : "AskedPerson"], told);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(HoldReason.NeedsSignIn)]
    [InlineData(HoldReason.AccountRestricted)]
    public void A_post_that_cannot_be_asked_about_for_a_day_is_a_persons_to_settle(HoldReason? blocked)
    {
        var (post, now) = (Unknown(), Due);
        for (var tries = 0; post.NextStepAt is { } next; tries++)
        {
            now = next;
            var at = At(now) with { Blocked = blocked };
            var change = post.Next(at);
            post = blocked is null ? change.Post.After(Lost, at).Post : change.Post;
            Assert.Equal(Unconfirmed, post.State);
            Assert.True(tries < 100);
        }

        Assert.InRange(now - Due, TimeSpan.FromDays(1), TimeSpan.FromHours(26));
        // Back again, TikTok is asked before the person has to answer.
        Expect<PostStep.AskStatus>(post.Resume(At(now)).Post.Next(At(now)), Unconfirmed);
    }

    [Fact]
    public void A_person_settles_it_once_it_is_there_or_it_goes_out_again()
    {
        var asks = Unknown() with { NextStepAt = null };
        var now = Due.AddHours(3);

        var there = asks.Settle(isPublished: true, now)!;
        Assert.Equal((Published, now), (there.State, there.NextStepAt));
        Assert.Null(there.Next(At(now)).Post.After(new PostFact.Refused("invalid_publish_id"), At(now)).Post.NextStepAt);

        var again = asks.Settle(isPublished: false, now)!;
        Assert.Equal((PostState.Scheduled, null, 0), (again.State, again.Trail.InitSentAt, again.Trail.Inits));
        Expect<PostStep.QueryCreatorInfo>(again.Next(At(now)), Checking);

        Assert.All([there, again, Unknown(), InProcessing()], post => Assert.Null(post.Settle(isPublished: false, now)));
    }

    [Fact]
    public void Only_the_one_new_video_with_the_same_words_and_no_twin_of_ours_is_recognised()
    {
        var caption = "Glaze day " + new string('x', 200) + " #pottery";
        SeenVideo ours = new("ours", Due.AddMinutes(1), caption[..150]), other = new("other", Due.AddMinutes(2), "Glaze night"), old = new("old", Due.AddHours(-1), caption[..150]);
        Assert.Equal(new Sighting.Ours("ours"), ReconcileRule.Look([old, other, ours], caption, Due));
        Assert.Equal(new Sighting.None(), ReconcileRule.Look([old, other], caption, Due));
        Assert.Equal(new Sighting.Similar(), ReconcileRule.Look([ours], caption, Due, hasTwin: true));
        Assert.Equal(new Sighting.Similar(), ReconcileRule.Look([ours, ours with { Id = "second" }], caption, Due));
        Assert.Equal(new Sighting.Similar(), ReconcileRule.Look([ours with { CreatedAt = Due.AddSeconds(-30) }], caption, Due));
        Assert.Equal(new Sighting.Similar(), ReconcileRule.Look([ours with { Title = "" }], " ", Due));
    }
}
