using Holdfast.Domain.Posts;
using static Holdfast.Domain.Posts.PostState;
using static Holdfast.Specs.Domain.Posts.APost;

namespace Holdfast.Specs.Domain.Posts;

public sealed class UploadingSpecs
{
    [Theory, Trait("scenario", "P3"), Trait("scenario", "R12")]
    [InlineData(ChunkRefusal.Busy)]
    [InlineData(ChunkRefusal.OutOfStep)]
    [InlineData(ChunkRefusal.Invalid)]
    public void A_chunk_turned_away_resumes_where_TikTok_stands_with_the_same_init(ChunkRefusal refusal)
    {
        var post = Uploading(20_000_000).After(new PostFact.ChunkRefused(refusal), At(Due)).Post;
        Assert.Equal(Due.AddSeconds(2), post.NextStepAt);
        var change = Ask(post, Due.AddSeconds(2)).After(Seen(PublishStatus.Uploading, uploaded: 20_000_000), At(Due.AddSeconds(2)));
        Assert.Equal(new PostStep.UploadChunk(20_000_000), change.Step);
        Assert.Equal(1, change.Post.Trail.Inits);
    }

    [Fact, Trait("scenario", "P5")]
    public void A_lost_answer_to_the_last_chunk_asks_the_status_and_sends_nothing()
    {
        var post = Uploading(40_000_000).After(Lost, At(Due)).Post;
        Expect<PostStep.Nothing>(Ask(post, Due.AddSeconds(2)).After(Seen(PublishStatus.Uploading, uploaded: Size), At(Due.AddSeconds(2))), Processing);
        Expect<PostStep.Nothing>(Ask(post, Due.AddSeconds(2)).After(Seen(PublishStatus.Complete), At(Due.AddSeconds(2))), Published);
    }

    [Fact, Trait("scenario", "P5")]
    public void Bytes_that_TikTok_says_it_never_had_are_sent_again_with_the_same_init()
    {
        // The simulation found it: a chunk answered 200 by somebody in between, and TikTok waits for ever.
        var post = InProcessing();
        var later = post.Trail.ReceivedAt!.Value.AddMinutes(1);
        var missing = post.After(Seen(PublishStatus.Uploading, uploaded: 20_000_000), At(later));
        Assert.Equal(new PostStep.UploadChunk(20_000_000), missing.Step);
        Assert.Equal((PostState.Uploading, 1, 20_000_000L), (missing.Post.State, missing.Post.Trail.Inits, missing.Post.Trail.BytesSent));
        Expect<PostStep.Nothing>(post.After(Seen(PublishStatus.Uploading, uploaded: 20_000_000), At(post.Trail.ReceivedAt.Value.AddSeconds(3))), Processing);
    }

    [Fact, Trait("scenario", "P3")]
    public void Fewer_bytes_than_we_thought_are_believed_so_that_what_follows_leaves_no_hole()
    {
        var post = Uploading(40_000_000).After(Lost, At(Due)).Post;

        var change = Ask(post, Due.AddSeconds(2)).After(Seen(PublishStatus.Uploading, uploaded: 20_000_000), At(Due.AddSeconds(2)));

        Assert.Equal((new PostStep.UploadChunk(20_000_000), 20_000_000L), ((PostStep.UploadChunk)change.Step, change.Post.Trail.BytesSent));
    }

    [Theory, Trait("scenario", "P3")]
    [InlineData(20_000_000)]
    [InlineData(40_000_000)]
    public void Where_TikTok_says_with_its_416_that_it_stands_is_where_the_upload_goes_on(long has)
    {
        var post = Uploading(30_000_000).After(new PostFact.ChunkRefused(ChunkRefusal.OutOfStep, TikTokHas: has), At(Due)).Post;

        Assert.Equal(new PostStep.UploadChunk(has), Ask(post, Due.AddSeconds(2)).After(Seen(PublishStatus.Uploading), At(Due.AddSeconds(2))).Step);
    }

    [Fact, Trait("scenario", "P3")]
    public void A_chunk_that_is_turned_away_again_and_again_is_sent_ever_less()
    {
        var (post, now, waits) = (Uploading(20_000_000), Due, new List<double>());
        for (var i = 0; i < 6; i++)
        {
            post = post.After(new PostFact.ChunkRefused(ChunkRefusal.OutOfStep), At(now)).Post;
            waits.Add((post.NextStepAt!.Value - now).TotalSeconds);
            now = post.NextStepAt.Value;
            post = Ask(post, now).After(Seen(PublishStatus.Uploading, uploaded: 20_000_000), At(now)).Post;
        }

        Assert.Equal([2, 10, 30, 60, 300, 300], waits);
    }

    [Fact, Trait("scenario", "P4")]
    public void An_expired_upload_address_with_bytes_missing_allows_a_new_init_on_the_record()
    {
        var gone = Gone(20_000_000, Due.AddMinutes(30));
        Assert.Equal(Due.AddMinutes(30).AddSeconds(30), gone.NextStepAt);

        var again = Ask(gone, gone.NextStepAt!.Value).After(Seen(PublishStatus.Uploading, uploaded: 20_000_000), At(gone.NextStepAt.Value));
        Assert.Equal((PostState.Scheduled, "UploadExpired"), (again.Post.State, again.Entry!.Cause));
        Assert.Equal((null, 0L, 1), (again.Post.Trail.PublishId, again.Post.Trail.BytesSent, again.Post.Trail.Inits));
        Expect<PostStep.QueryCreatorInfo>(again.Post.Next(At(again.Post.NextStepAt!.Value)), Checking);
    }

    [Fact, Trait("scenario", "P4"), Trait("scenario", "P1")]
    public void An_address_that_is_gone_because_TikTok_has_everything_is_not_taken_for_bytes_that_are_missing()
    {
        // The last chunk's answer was lost and TikTok's count trails behind it: the chunk goes again, and the address is gone.
        var gone = Gone(40_000_000, Due.AddSeconds(5));

        Assert.IsType<PostStep.Nothing>(gone.Next(At(Due.AddSeconds(34))).Step);
        Expect<PostStep.Nothing>(Ask(gone, Due.AddSeconds(35)).After(Seen(PublishStatus.Uploading, uploaded: Size), At(Due.AddSeconds(35))), Processing);
        Expect<PostStep.Nothing>(Ask(gone, Due.AddSeconds(35)).After(Seen(PublishStatus.Complete), At(Due.AddSeconds(35))), Published);
    }

    [Fact, Trait("scenario", "P4"), Trait("scenario", "P1")]
    public void When_the_hour_is_over_a_count_may_trail_too_and_is_asked_for_once_more_before_it_is_believed()
    {
        var post = Uploading(40_000_000) with { NextStepAt = Due.AddHours(1) };

        var first = Expect<PostStep.Nothing>(Ask(post, Due.AddHours(1)).After(Seen(PublishStatus.Uploading, uploaded: 40_000_000), Patiently(Due.AddHours(1))), PostState.Uploading);
        Assert.Equal((true, Due.AddHours(1).AddSeconds(30)), (first.Trail.AddressGone, first.NextStepAt));
        Assert.Equal("UploadExpired", Ask(first, first.NextStepAt!.Value).After(Seen(PublishStatus.Uploading, uploaded: 40_000_000), Patiently(first.NextStepAt.Value)).Entry!.Cause);
    }

    [Fact, Trait("scenario", "P4")]
    public void Signing_in_again_does_not_hurry_a_count_that_has_to_settle()
    {
        var gone = Gone(40_000_000, Due);
        var parked = gone.Next(At(Due.AddSeconds(30)) with { Blocked = HoldReason.NeedsSignIn }).Post;

        Assert.Equal(gone.NextStepAt, gone.Resume(At(Due.AddSeconds(1))).Post.NextStepAt);
        Assert.Equal(Due.AddSeconds(90), parked.Resume(At(Due.AddSeconds(60))).Post.NextStepAt);
    }

    [Fact, Trait("scenario", "P4")]
    public void An_expired_upload_address_proves_nothing_while_TikTok_does_not_say_how_many_bytes_it_has()
    {
        var gone = Gone(40_000_000, Due.AddMinutes(30));
        var then = gone.NextStepAt!.Value;
        Assert.Equal(PostState.Uploading, Ask(gone, then).After(Seen(PublishStatus.Uploading), At(then)).Post.State);
        Expect<PostStep.Nothing>(Ask(gone, then).After(Seen(PublishStatus.Uploading, uploaded: Size), At(then)), Processing);
    }

    [Fact, Trait("scenario", "P4")]
    public void Beginning_again_is_done_a_few_times_ever_later_and_then_a_person_decides()
    {
        var (post, now, waits) = (Scheduled(), Due, new List<double>());
        while (post.Next(Patiently(now)) is { Step: PostStep.QueryCreatorInfo } asked)
        {
            post = asked.Post.After(Allowed, Patiently(now)).Post
                .After(new PostFact.InitAccepted("v_pub_file~v2-1.1"), Patiently(now)).Post
                .After(new PostFact.ChunkRefused(ChunkRefusal.AddressGone), Patiently(now)).Post;
            now = post.NextStepAt!.Value;
            post = Ask(post, now).After(Seen(PublishStatus.Uploading, uploaded: 0), Patiently(now)).Post;
            if (post.NextStepAt is not { } next)
                break;
            waits.Add((next - now).TotalSeconds);
            now = next;
        }

        Assert.Equal([60, 300, 1_800, 1_800], waits);
        Assert.Equal((Held, HoldReason.BegunTooOften, Publishing.MostInits), (post.State, post.Hold, post.Trail.Inits));
        Assert.Equal(HoldEnds.ByPerson, HoldRule.Ends(HoldReason.BegunTooOften));
        Expect<PostStep.QueryCreatorInfo>(post.Schedule(now)!.Next(Patiently(now)), Checking);
    }

    [Fact, Trait("scenario", "P14")]
    public void An_init_that_TikTok_turned_away_does_not_count_as_begun()
    {
        var (post, now) = (SendingInit(), Due);
        for (var i = 0; i < 10; i++)
        {
            post = post.After(new PostFact.Refused("rate_limit_exceeded"), Patiently(now)).Post;
            now = post.NextStepAt!.Value;
            post = Expect<PostStep.QueryCreatorInfo>(post.Next(Patiently(now)), Checking).After(Allowed, Patiently(now)).Post;
        }

        Assert.Equal(1, post.Trail.Inits);
    }

    [Fact]
    public void A_post_at_TikTok_whose_account_never_comes_back_is_a_persons_to_settle_after_a_day()
    {
        var (post, now) = (InProcessing(), Due);
        for (var looks = 0; post.NextStepAt is { } next; looks++)
        {
            now = next;
            post = post.Next(At(now) with { Blocked = HoldReason.Disconnected }).Post;
            Assert.True(looks < 50);
        }

        Assert.True(post.AsksPerson);
        Assert.InRange(now - Due, TimeSpan.FromDays(1), TimeSpan.FromHours(26));
    }

    private static Post Gone(long bytes, DateTimeOffset at) =>
        Expect<PostStep.Nothing>(Uploading(bytes).After(new PostFact.ChunkRefused(ChunkRefusal.AddressGone), At(at)), PostState.Uploading);
}
