using Holdfast.Domain.Connections;
using Holdfast.Domain.Errors;

namespace Holdfast.Domain.Posts;

/// <summary>The way of a post to TikTok: exactly once, or held with a true reason.</summary>
/// <remarks>
/// Save the returned post, then take the returned step, then report what was learned. An init is sent again only when
/// it is proven that the one before published nothing: TikTok refused it, gave the verdict "failed", has not received
/// every byte and can receive no more, or never told us the upload address, so that no byte was ever sent.
/// The last proof holds for uploaded files only; a post that TikTok pulls by itself needs another. Even with a proof we
/// begin again only a few times, ever later, and then a person decides.
/// </remarks>
public static class Publishing
{
    /// <summary>How often a post begins without a person; longer loops have a cause that time does not heal.</summary>
    public const int MostInits = 5;

    /// <summary>TikTok's byte count and status may trail behind the bytes it has by a moment.</summary>
    internal static readonly TimeSpan CountSettlesIn = TimeSpan.FromSeconds(30);

    internal static readonly TimeSpan BlockedCheck = TimeSpan.FromHours(1);
    internal static readonly TimeSpan GiveUpCountingAfter = TimeSpan.FromDays(1);
    private static readonly TimeSpan AfterNewToken = TimeSpan.FromSeconds(10);

    /// <summary>The row is due, for the first time or because whoever worked on it has gone.</summary>
    public static PostChange Next(this Post post, PostContext at) => post switch
    {
        _ when !post.IsDue(at.Now) => new(post, new PostStep.Nothing()),
        { State: PostState.Scheduled or PostState.Held } or { State: PostState.Checking, Trail.InitSentAt: null } => Begin(post, at),
        // The init was saved as sent and nobody saved an answer: it may be at TikTok.
        { State: PostState.Checking } => Confirming.Begin(post, at),
        { State: PostState.Unconfirmed, Trail.InitSentAt: { } since } => Confirming.Next(post, since, at),
        { Trail.PublishId: { } publishId } => at.Blocked is { } reason
            ? Blocked(post, reason, at)
            : new(post, new PostStep.AskStatus(publishId)),
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
            : Confirming.Begin(post, at, lost.Reason, lost.LogId),

        (PostState.Initialised or PostState.Uploading, PostFact.ChunkAccepted chunk) => Received(post, chunk.BytesSent, chunk.IsComplete, at),
        (PostState.Initialised or PostState.Uploading, PostFact.ChunkRefused { Refusal: ChunkRefusal.AddressGone }) => AddressGone(post, at),
        // Whatever else happened to a chunk, TikTok knows best how many bytes it has.
        (PostState.Initialised or PostState.Uploading, PostFact.ChunkRefused { TikTokHas: { } has }) =>
            Failing(post with { Trail = post.Trail with { BytesSent = has } }, RetryRule.Uploading, at),
        (PostState.Initialised or PostState.Uploading, PostFact.ChunkRefused or PostFact.Unanswered or PostFact.MediaMissing) =>
            Failing(post, RetryRule.Uploading, at),

        (PostState.Unconfirmed, _) when post.Trail.InitSentAt is { } since => Confirming.After(post, since, fact, at),

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
        if (post.Trail.Inits >= MostInits)
            return Hold(post, HoldReason.BegunTooOften, at);
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
                HoldEnds.ByItself => RetryRule.Posting.NextAt(at.Now, post.Trail.Failures + Math.Max(0, post.Trail.Inits - 1), retryAfter: retryAfter),
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
            return Confirming.Begin(post, at, refused.Code, refused.LogId);
        // An init that was turned away has begun nothing.
        if (post.Trail.InitSentAt is not null)
            post = post with { Trail = post.Trail with { Inits = post.Trail.Inits - 1 } };
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

    /// <param name="has">What TikTok has; fewer bytes than we thought are believed, or what is sent next would leave a hole. Null when it did not say.</param>
    private static PostChange Received(Post post, long? has, bool isComplete, PostContext at)
    {
        var bytes = has ?? post.Trail.BytesSent;
        var trail = post.Trail with { BytesSent = bytes, Failures = bytes > post.Trail.BytesSent ? 0 : post.Trail.Failures };
        return isComplete || trail.BytesSent >= post.VideoBytes
            ? Told(post, post with
            {
                State = PostState.Processing,
                NextStepAt = at.Now + PollRule.Wait(TimeSpan.Zero),
                Trail = trail with { BytesSent = post.VideoBytes, ReceivedAt = at.Now },
            }, at)
            : Told(post, post with { State = PostState.Uploading, NextStepAt = at.Now, Trail = trail }, at, new PostStep.UploadChunk(trail.BytesSent));
    }

    internal static PostChange StatusSeen(Post post, PostFact.StatusSeen seen, PostContext at) => seen.Status switch
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
            return Confirming.Begin(post, at);
        var trail = post.Trail with { BytesSent = held, Failures = 0 };
        return Told(post, post with { State = PostState.Uploading, NextStepAt = at.Now, Trail = trail }, at, new PostStep.UploadChunk(held), "BytesMissing");
    }

    /// <summary>Nothing is concluded from a count that bytes under way may still change.</summary>
    private static PostChange AddressGone(Post post, PostContext at) =>
        Later(post with { Trail = post.Trail with { AddressGone = true } }, at.Now + CountSettlesIn);

    private static PostChange StillUploading(Post post, long? uploaded, PostContext at)
    {
        if (!post.Trail.UploadIsOver(at.Now) || uploaded >= post.VideoBytes)
            return Received(post, uploaded, false, at);
        if (post.Trail.ReceivedAt is not null)
            return Confirming.Begin(post, at);
        if (!post.Trail.AddressGone)
            return AddressGone(post, at);
        // Bytes are missing and can no longer come: TikTok will never publish this attempt. Without a count we cannot
        // know that, because the last chunk's answer may be the one that was lost.
        return uploaded is not null ? Again(post, "UploadExpired", at)
            : at.Now - post.Trail.InitialisedAt > GiveUpCountingAfter ? Confirming.Begin(post, at)
            : Failing(post, RetryRule.Posting, at);
    }

    /// <summary>TikTok goes on with what it has, and cannot be asked until the account works again. Nobody waits for that for ever.</summary>
    private static PostChange Blocked(Post post, HoldReason reason, PostContext at) => post switch
    {
        _ when HoldRule.Ends(reason) is not HoldEnds.WithConnection => Failing(post, RetryRule.Posting, at),
        { State: PostState.Published or PostState.InInbox } => Later(post, PollAt(post, at.Now) is null ? null : at.Now + BlockedCheck),
        _ when at.Now - post.Trail.InitialisedAt > GiveUpCountingAfter => Confirming.Ask(post, "AskedPerson", at),
        _ => Later(post, at.Now + BlockedCheck),
    };

    private static PostChange StatusRefused(Post post, PostFact.Refused refused, PostContext at) => refused.Code switch
    {
        "access_token_invalid" => Later(post, at.Now + AfterNewToken),
        "invalid_publish_id" or "token_not_authorized_for_specified_publish_id" => post.State is PostState.Published or PostState.InInbox
            ? Later(post, null)
            : Confirming.Begin(post, at, refused.Code, refused.LogId),
        _ => Failing(post, RetryRule.Posting, at, refused.RetryAfter),
    };

    /// <summary>Begins again with a proof that nothing was published, later each time.</summary>
    internal static PostChange Again(Post post, string proof, PostContext at)
    {
        var change = Begin(post with { Trail = post.Trail.Forgotten() }, at);
        if (change.Post.State is PostState.Checking)
            change = Later(change.Post with { State = PostState.Scheduled }, RetryRule.Posting.NextAt(at.Now, post.Trail.Inits - 1));
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

    internal static PostChange Published(Post post, string? videoId, PostContext at)
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

    internal static DateTimeOffset? PollAt(Post post, DateTimeOffset now)
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

    internal static PostChange Later(Post post, DateTimeOffset? nextStepAt) => new(post with { NextStepAt = nextStepAt }, new PostStep.Nothing());

    /// <summary>A change of state is a line of the history; staying is not.</summary>
    internal static PostChange Told(
        Post before, Post after, PostContext at, PostStep? step = null, string? cause = null, string? code = null, string? logId = null) =>
        new(after, step ?? new PostStep.Nothing(), before.State == after.State && before.Hold == after.Hold
            ? null
            : new(at.Now, after.State, cause ?? $"{after.State}", code, logId));
}
