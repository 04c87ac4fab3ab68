using FsCheck;
using FsCheck.Fluent;
using Holdfast.Domain.Posts;

namespace Holdfast.Specs.Domain.Posts;

/// <summary>
/// The machine against a TikTok that accepts, loses answers, forgets and restarts at will: whatever happens in
/// whatever order, one post is never published twice.
/// </summary>
public sealed class PublishingProperties
{
    private static readonly DateTimeOffset Start = DateTimeOffset.Parse("2026-11-22T18:00:00Z");

    [Fact, Trait("scenario", "P1"), Trait("scenario", "P2"), Trait("scenario", "P4"), Trait("scenario", "P5")]
    public void No_order_of_answers_crashes_and_losses_publishes_a_post_twice() => Prop.ForAll(
        Gen.Choose(0, 999).ListOf(120).Select(rolls => rolls.ToArray()).ToArbitrary(), rolls => new Model().Run(rolls) <= 1)
        .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact, Trait("scenario", "P1")]
    public void A_second_init_never_leaves_while_the_first_could_still_publish() => Prop.ForAll(
        Gen.Choose(0, 999).ListOf(120).Select(rolls => rolls.ToArray()).ToArbitrary(), rolls =>
        {
            var model = new Model();
            model.Run(rolls);
            return !model.WasBlind;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact, Trait("scenario", "P4")]
    public void No_order_of_answers_begins_more_often_than_the_brake_allows() => Prop.ForAll(
        Gen.Choose(0, 999).ListOf(400).Select(rolls => rolls.ToArray()).ToArbitrary(), rolls =>
        {
            var model = new Model();
            model.Run(rolls);
            return model.Attempts <= Publishing.MostInits;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    /// <summary>TikTok as it really is on the other side, and the worker between, driven by rolls of a die.</summary>
    private sealed class Model
    {
        private const long Chunk = 10, Size = 30;
        private static readonly LateRule Patient = new(TimeSpan.FromDays(30));

        private readonly List<Attempt> attempts = [];
        private Post post = APost.Scheduled() with { VideoBytes = Size, NextStepAt = Start, DueAt = Start };
        private DateTimeOffset now = Start;
        private (DateTimeOffset At, int Looks)? unknownInit;

        public bool WasBlind { get; private set; }

        public int Attempts => attempts.Count;

        public int Run(int[] rolls)
        {
            PostStep step = new PostStep.Nothing();
            foreach (var roll in rolls)
            {
                if (step is PostStep.Nothing)
                {
                    if (post.NextStepAt is not { } next)
                        break;
                    now = next > now ? next : now;
                    (post, step, _) = post.Next(Context);
                    continue;
                }

                now += TimeSpan.FromSeconds(roll % 50 == 0 ? 4_000 : roll % 7);
                var fact = Perform(step, roll);
                if (fact is null)
                {
                    // Killed between acting and saving: somebody else takes the row over as it was saved.
                    step = new PostStep.Nothing();
                    continue;
                }

                (post, step, _) = post.After(fact, Context);
            }

            return attempts.Count(attempt => attempt.Bytes >= Size && !attempt.IsFailed);
        }

        private PostContext Context => new(now, Patient);
        private Attempt? Current => attempts.FirstOrDefault(attempt => attempt.Id == post.Trail.PublishId);

        private PostFact? Perform(PostStep step, int roll)
        {
            // An init nobody knows the end of was looked for twice, or its address has died unseen.
            WasBlind |= step is PostStep.Init && unknownInit is { Looks: < 2 } unknown && now - unknown.At < TimeSpan.FromHours(1);
            var answer = Act(step, roll);
            var seen = (roll / 10 % 10) switch { 0 => null, 1 or 2 => new PostFact.Unanswered("lost"), _ => answer };
            unknownInit = (step, seen) switch
            {
                (PostStep.Init, PostFact.InitAccepted or PostFact.Refused { Code: not "internal_error" }) => null,
                (PostStep.Init, _) => (post.Trail.InitSentAt!.Value, 0),
                (PostStep.AskVideoList, PostFact.VideosSeen) when unknownInit is { } before => (before.At, before.Looks + 1),
                _ => unknownInit,
            };
            return seen;
        }

        private PostFact Act(PostStep step, int roll) => step switch
        {
            PostStep.QueryCreatorInfo => (roll % 10) switch
            {
                0 => new PostFact.MediaMissing(),
                1 => new PostFact.Refused("rate_limit_exceeded"),
                _ => new PostFact.CreatorAllows([PrivacyRule.Everyone]),
            },
            PostStep.Init => Init(roll % 10),
            PostStep.UploadChunk(var from) => Put(from, roll % 10),
            PostStep.AskStatus => Status(roll % 10),
            PostStep.AskVideoList => (roll % 4) switch
            {
                0 => new PostFact.Refused("scope_not_authorized"),
                _ => new PostFact.VideosSeen(attempts.FirstOrDefault(attempt => attempt.Bytes >= Size && !attempt.IsFailed) is { } there ? new Sighting.Ours(there.Id) : new Sighting.None()),
            },
            _ => new PostFact.Unanswered("nothing was asked"),
        };

        private PostFact Init(int die)
        {
            // An attempt can still publish while its address takes bytes that somebody may send, or all bytes are there.
            WasBlind |= attempts.Any(attempt => !attempt.IsFailed && attempt.Bytes >= Size);
            if (die == 0)
                return new PostFact.Refused("reached_active_user_cap");
            if (die == 1)
                return new PostFact.Refused("rate_limit_exceeded");
            var attempt = new Attempt($"p{attempts.Count}", now);
            attempts.Add(attempt);
            return die == 2 ? new PostFact.Refused("internal_error") : new PostFact.InitAccepted(attempt.Id);
        }

        private PostFact Put(long from, int die)
        {
            // An address that has everything is gone as well, for some servers.
            if (Current is not { } attempt || now - attempt.At >= TimeSpan.FromHours(1) || die == 0 || (attempt.Bytes >= Size && die < 6))
                return new PostFact.ChunkRefused(ChunkRefusal.AddressGone);
            if (die == 1)
                return new PostFact.ChunkRefused(ChunkRefusal.Busy);
            if (from != attempt.Bytes)
                return new PostFact.ChunkRefused(ChunkRefusal.OutOfStep, TikTokHas: die < 5 ? attempt.Bytes : null);
            attempt.Take(Math.Min(Size, from + Chunk), now);
            return new PostFact.ChunkAccepted(attempt.Bytes, attempt.Bytes >= Size);
        }

        private PostFact Status(int die)
        {
            if (Current is not { } attempt || die == 0)
                return new PostFact.Refused("invalid_publish_id");
            if (die == 1)
                return new PostFact.Refused("access_token_invalid");
            if (attempt.Bytes >= Size && die == 2)
            {
                attempt.IsFailed = true;
                return new PostFact.StatusSeen(PublishStatus.Failed, "internal");
            }

            return attempt.Told(now) >= Size && die > 6
                ? new PostFact.StatusSeen(PublishStatus.Complete, VideoId: attempt.Id)
                : new PostFact.StatusSeen(PublishStatus.Uploading, UploadedBytes: die == 3 ? null : attempt.Told(now));
        }

        private sealed class Attempt(string id, DateTimeOffset at)
        {
            private long before;
            private DateTimeOffset takenAt;

            public string Id => id;
            public DateTimeOffset At => at;
            public long Bytes { get; private set; }

            /// <summary>The count trails behind the bytes for a moment.</summary>
            public long Told(DateTimeOffset now) => now - takenAt < TimeSpan.FromSeconds(30) ? before : Bytes;

            public void Take(long bytes, DateTimeOffset now) => (before, Bytes, takenAt) = (Bytes, bytes, now);

            public bool IsFailed { get; set; }
        }
    }
}
