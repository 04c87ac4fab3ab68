using Holdfast.Domain.Connections;
using Holdfast.Domain.Errors;

namespace Holdfast.Domain.Posts;

/// <summary>The way of a post to TikTok: exactly once, or held with a true reason.</summary>
/// <remarks>
/// Save the returned post, then take the returned step, then report what was learned. An init is sent again only when
/// it is proven that the one before published nothing: TikTok refused it, gave the verdict "failed", has not received
/// every byte and can receive no more, or never told us the upload address, so that no byte was ever sent.
/// The last proof holds for uploaded files only; a post that TikTok pulls by itself needs another.
/// </remarks>
public static class Publishing
{
    private static readonly TimeSpan AfterNewToken = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BlockedCheck = TimeSpan.FromHours(1);
    private static readonly TimeSpan GiveUpCountingAfter = TimeSpan.FromDays(1);

    /// <summary>TikTok's byte count may trail behind the last chunk's answer by a moment.</summary>
    private static readonly TimeSpan CountSettlesIn = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan[] LookAfter = [Minutes(1), Minutes(5), Minutes(15), Minutes(60)];

    /// <summary>Looks without a find that settle an init whose upload address never reached us.</summary>
    private const int LooksThatSettle = 2;

    /// <summary>The row is due, for the first time or because whoever worked on it has gone.</summary>
    public static PostChange Next(this Post post, PostContext at) => post switch
    {
        _ when !post.IsDue(at.Now) => new(post, new PostStep.Nothing()),
        { State: PostState.Scheduled or PostState.Held } or { State: PostState.Checking, Trail.InitSentAt: null } => Begin(post, at),
        // The init was saved as sent and nobody saved an answer: it may be at TikTok.
        { State: PostState.Checking } => Unconfirm(post, at),
        { State: PostState.Unconfirmed, Trail.InitSentAt: { } since } => at.Blocked is null
            ? new(post, new PostStep.AskVideoList(since))
            : NotFound(post, at, RetryRule.Posting.NextAt(at.Now, post.Trail.Failures)),
        { Trail.PublishId: { } publishId } => at.Blocked is null
            ? new(post, new PostStep.AskStatus(publishId))
            : HoldRule.Ends(at.Blocked.Value) is HoldEnds.WithConnection ? Later(post, at.Now + BlockedCheck) : Failing(post, RetryRule.Posting, at),
        _ => Later(post, null),
    };

    public static PostChange After(this Post post, PostFact fact, PostContext at) => (post.State, fact) switch
    {
        (PostState.Checking, PostFact.CreatorAllows allowed) when post.Trail.InitSentAt is null => SendInit(post, allowed, at),
        (PostState.Checking, PostFact.InitAccepted(var publishId)) when post.Trail.InitSentAt is not null => Told(post, post with
        {
            State = PostState.Initialised,
            NextStepAt = at.Now,
            Trail = post.Trail with { PublishId = publishId, InitialisedAt = at.Now, Failures = 0 },
        }, at, new PostStep.UploadChunk(0)),
        (PostState.Checking, PostFact.MediaMissing) when post.Trail.InitSentAt is null => Hold(post, HoldReason.MediaMissing, at),
        (PostState.Checking, PostFact.Refused refused) => CheckRefused(post, refused, at),
        (PostState.Checking, PostFact.Unanswered lost) => post.Trail.InitSentAt is null
            ? Hold(post, HoldReason.TikTokUnavailable, at, lost.Reason, lost.LogId)
            : Unconfirm(post, at, lost.Reason, lost.LogId),

        (PostState.Initialised or PostState.Uploading, PostFact.ChunkAccepted chunk) => Received(post, chunk.BytesSent, chunk.IsComplete, at),
        (PostState.Initialised or PostState.Uploading, PostFact.ChunkRefused { Refusal: ChunkRefusal.AddressGone }) =>
            Next(post with { NextStepAt = at.Now, Trail = post.Trail with { AddressGone = true } }, at),
        // Whatever else happened to a chunk, TikTok knows best how many bytes it has.
        (PostState.Initialised or PostState.Uploading, PostFact.ChunkRefused or PostFact.Unanswered or PostFact.MediaMissing) =>
            Failing(post, RetryRule.Uploading, at),

        (PostState.Unconfirmed, PostFact.VideosSeen { Match: { } videoId }) => Published(post, videoId, at),
        (PostState.Unconfirmed, PostFact.VideosSeen) => NotFound(post with { Trail = post.Trail with { Looks = post.Trail.Looks + 1 } }, at),
        (PostState.Unconfirmed, PostFact.Refused or PostFact.Unanswered) => NotFound(
            post with { Trail = post.Trail with { Failures = post.Trail.Failures + 1 } },
            at,
            RetryRule.Posting.NextAt(at.Now, post.Trail.Failures)),

        (PostState.Published, PostFact.StatusSeen { VideoId: { } videoId }) => Published(post, videoId, at),
        (PostState.Published, PostFact.StatusSeen) => Later(post, PollAt(post, at.Now)),
        (_, PostFact.StatusSeen seen) when post.Trail.PublishId is not null => StatusSeen(post, seen, at),
        (_, PostFact.Refused refused) when post.Trail.PublishId is not null => StatusRefused(post, refused, at),
        (_, PostFact.Unanswered) when post.Trail.PublishId is not null => Failing(post, RetryRule.Posting, at),
        _ => new(post, new PostStep.Nothing()),
    };

    internal static PostChange Begin(Post post, PostContext at)
    {
        var dueAt = post.Trail.Slot ?? post.DueAt ?? at.Now;
        if (at.Blocked is { } reason)
            return Hold(post, reason, at);
        if (dueAt > at.Now)
            return Told(post, post with { State = PostState.Scheduled, Hold = null, NextStepAt = dueAt }, at);
        if (at.Late.IsTooLate(dueAt, at.Now))
            return Hold(post, HoldReason.Late, at);
        return Told(post, post with { State = PostState.Checking, Hold = null, NextStepAt = at.Now }, at, new PostStep.QueryCreatorInfo());
    }

    internal static PostChange Hold(Post post, HoldReason reason, PostContext at, string? code = null, string? logId = null, TimeSpan? retryAfter = null)
    {
        var slot = reason is HoldReason.DailyCap ? at.SlotFreeAt ?? at.Now + BlockedCheck : post.Trail.Slot;
        var trail = post.Trail.Forgotten() with { Failures = post.Trail.Failures + 1, Slot = slot };
        return Told(post, post with
        {
            State = PostState.Held,
            Hold = reason,
            Trail = trail,
            NextStepAt = HoldRule.Ends(reason) switch
            {
                HoldEnds.ByPerson => null,
                // The connection wakes its posts; this look is the net below a wake-up that crossed our save.
                HoldEnds.WithConnection => at.Now + BlockedCheck,
                HoldEnds.ByItself when reason is HoldReason.DailyCap => slot,
                HoldEnds.ByItself => RetryRule.Posting.NextAt(at.Now, post.Trail.Failures, retryAfter: retryAfter),
            },
        }, at, null, $"{reason}", code, logId);
    }

    private static PostChange SendInit(Post post, PostFact.CreatorAllows allowed, PostContext at)
    {
        if (at.Blocked is { } reason)
            return Hold(post, reason, at);
        if (!allowed.PrivacyOptions.Contains(post.Privacy, StringComparer.Ordinal))
            return Hold(post, HoldReason.PrivacyNotOffered, at);
        if (post.Duration > allowed.MaxDuration)
            return Fail(post, ErrorTables.FailReasons["duration_check_failed"], null, at);
        return new(post with
        {
            NextStepAt = at.Now,
            Trail = post.Trail with { InitSentAt = at.Now, Inits = post.Trail.Inits + 1 },
        }, new PostStep.Init());
    }

    private static PostChange CheckRefused(Post post, PostFact.Refused refused, PostContext at)
    {
        var rule = ErrorTables.Api[refused.Code];
        if (post.Trail.InitSentAt is not null && !rule.IsDefinite)
            return Unconfirm(post, at, refused.Code, refused.LogId);
        var again = post with { State = PostState.Scheduled, Trail = post.Trail.Forgotten() with { Failures = post.Trail.Failures + 1 } };
        return rule switch
        {
            // The connection renews or ends; either way the next step sees it.
            { Code: "access_token_invalid" } => Later(again, at.Now + AfterNewToken),
            { Code: "rate_limit_exceeded" } => Later(again, RetryRule.Posting.NextAt(at.Now, post.Trail.Failures, retryAfter: refused.RetryAfter)),
            { Hold: { } reason } => Hold(post, reason, at, refused.Code, refused.LogId, refused.RetryAfter),
            { Class: FailureClass.Passing } => Hold(post, HoldReason.TikTokUnavailable, at, refused.Code, refused.LogId, refused.RetryAfter),
            _ => Fail(post, rule, refused.LogId, at),
        };
    }

    private static PostChange Received(Post post, long bytes, bool isComplete, PostContext at)
    {
        var trail = post.Trail with { BytesSent = Math.Max(bytes, post.Trail.BytesSent), Failures = 0 };
        return isComplete || trail.BytesSent >= post.VideoBytes
            ? Told(post, post with
            {
                State = PostState.Processing,
                NextStepAt = at.Now + PollRule.Wait(TimeSpan.Zero),
                Trail = trail with { BytesSent = post.VideoBytes, ReceivedAt = at.Now },
            }, at)
            : Told(post, post with { State = PostState.Uploading, NextStepAt = at.Now, Trail = trail }, at, new PostStep.UploadChunk(trail.BytesSent));
    }

    private static PostChange StatusSeen(Post post, PostFact.StatusSeen seen, PostContext at) => seen.Status switch
    {
        PublishStatus.Complete => Published(post, seen.VideoId, at),
        PublishStatus.InInbox => Told(post, post with
        {
            State = PostState.InInbox,
            NextStepAt = PollAt(post, at.Now),
            Trail = post.Trail with { ReceivedAt = post.Trail.ReceivedAt ?? at.Now, Failures = 0 },
        }, at),
        PublishStatus.Failed => Verdict(post, ErrorTables.FailReasons[seen.FailReason], seen.LogId, at),
        PublishStatus.Uploading when post.State is PostState.Initialised or PostState.Uploading => StillUploading(post, seen.UploadedBytes, at),
        PublishStatus.Uploading when seen.UploadedBytes is { } held && held < post.VideoBytes && at.Now - post.Trail.ReceivedAt > CountSettlesIn =>
            SendRest(post, held, at),
        _ => Later(post with { Trail = post.Trail with { Failures = 0 } }, PollAt(post, at.Now)),
    };

    /// <summary>A chunk was acknowledged by somebody in between who was not TikTok: by TikTok's own count bytes are missing.</summary>
    private static PostChange SendRest(Post post, long held, PostContext at)
    {
        // Acknowledged once and missing now: bytes may go again to the same address, a second init may not.
        if (post.Trail.UploadIsOver(at.Now))
            return Unconfirm(post, at);
        var trail = post.Trail with { BytesSent = held, Failures = 0 };
        return Told(post, post with { State = PostState.Uploading, NextStepAt = at.Now, Trail = trail }, at, new PostStep.UploadChunk(held), "BytesMissing");
    }

    private static PostChange StillUploading(Post post, long? uploaded, PostContext at)
    {
        if (!post.Trail.UploadIsOver(at.Now) || uploaded >= post.VideoBytes)
            return Received(post, uploaded ?? 0, false, at);
        // Bytes are missing and can no longer come: TikTok will never publish this attempt. Without a count we cannot
        // know that, because the last chunk's answer may be the one that was lost.
        return post.Trail.ReceivedAt is not null ? Unconfirm(post, at)
            : uploaded is not null ? Again(post, "UploadExpired", at)
            : at.Now - post.Trail.InitialisedAt > GiveUpCountingAfter ? Unconfirm(post, at)
            : Failing(post, RetryRule.Posting, at);
    }

    private static PostChange StatusRefused(Post post, PostFact.Refused refused, PostContext at) => refused.Code switch
    {
        "access_token_invalid" => Later(post, at.Now + AfterNewToken),
        "invalid_publish_id" or "token_not_authorized_for_specified_publish_id" => post.State is PostState.Published or PostState.InInbox
            ? Later(post, null)
            : Unconfirm(post, at, refused.Code, refused.LogId),
        _ => Failing(post, RetryRule.Posting, at, refused.RetryAfter),
    };

    private static PostChange Unconfirm(Post post, PostContext at, string? code = null, string? logId = null) => Told(post, post with
    {
        State = PostState.Unconfirmed,
        NextStepAt = at.Now + LookAfter[0],
        Trail = post.Trail with { Looks = 0, Failures = 0 },
    }, at, null, "Unconfirmed", code, logId);

    private static PostChange NotFound(Post post, PostContext at, DateTimeOffset? retryAt = null)
    {
        var trail = post.Trail;
        var neverHadAnAddress = trail.PublishId is null;
        var settled = trail.Looks >= LooksThatSettle || at.Now - trail.InitSentAt >= PublishTrail.AddressLifetime;
        if (neverHadAnAddress && settled)
            return Again(post, "InitLost", at);
        // With bytes at TikTok an empty list proves nothing (private posts are never in it): a person settles it.
        return Later(post, retryAt ?? (trail.Looks < LookAfter.Length ? at.Now + LookAfter[trail.Looks] : null));
    }

    private static PostChange Again(Post post, string proof, PostContext at)
    {
        var change = Begin(post with { Trail = post.Trail.Forgotten() }, at);
        return change with { Entry = new(at.Now, change.Post.State, proof) };
    }

    private static PostChange Verdict(Post post, ErrorRule rule, string? logId, PostContext at) => rule.Hold is { } reason
        ? Hold(post, reason, at, rule.Code, logId)
        : Fail(post, rule, logId, at);

    private static PostChange Fail(Post post, ErrorRule rule, string? logId, PostContext at) => Told(post, post with
    {
        State = PostState.Failed,
        Failure = new(rule.IsKnown ? rule.Remedy : Remedy.None, rule.Code, rule.TextKey),
        NextStepAt = null,
        Trail = post.Trail.Forgotten(),
    }, at, null, rule.TextKey, rule.Code, logId);

    private static PostChange Published(Post post, string? videoId, PostContext at)
    {
        var published = post with
        {
            State = PostState.Published,
            Trail = post.Trail with { VideoId = videoId ?? post.Trail.VideoId, ReceivedAt = post.Trail.ReceivedAt ?? at.Now, Failures = 0 },
        };
        var change = Told(post, published with { NextStepAt = PollAt(published, at.Now) }, at);
        return change.Entry is null && published.Trail.VideoId != post.Trail.VideoId
            ? change with { Entry = new(at.Now, PostState.Published, "LinkKnown") }
            : change;
    }

    private static DateTimeOffset? PollAt(Post post, DateTimeOffset now)
    {
        var since = now - (post.Trail.ReceivedAt ?? now);
        var waitsForPeople = post.State is PostState.Published or PostState.InInbox;
        return post.State is PostState.Published && !post.IsLinkPending || waitsForPeople && since > PollRule.GiveUpWaitingAfter
            ? null
            : now + PollRule.Wait(since);
    }

    private static PostChange Failing(Post post, RetryRule retry, PostContext at, TimeSpan? retryAfter = null) => Later(
        post with { Trail = post.Trail with { Failures = post.Trail.Failures + 1 } },
        retry.NextAt(at.Now, post.Trail.Failures, retryAfter: retryAfter));

    private static PostChange Later(Post post, DateTimeOffset? nextStepAt) => new(post with { NextStepAt = nextStepAt }, new PostStep.Nothing());

    /// <summary>A change of state is a line of the history; staying is not.</summary>
    private static PostChange Told(
        Post before, Post after, PostContext at, PostStep? step = null, string? cause = null, string? code = null, string? logId = null) =>
        new(after, step ?? new PostStep.Nothing(), before.State == after.State && before.Hold == after.Hold
            ? null
            : new(at.Now, after.State, cause ?? $"{after.State}", code, logId));

    private static TimeSpan Minutes(int count) => TimeSpan.FromMinutes(count);
}
