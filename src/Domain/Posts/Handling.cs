namespace Holdfast.Domain.Posts;

/// <summary>What people and the connection do to a post. Null means no: it is at TikTok already.</summary>
public static class Handling
{
    /// <summary>New, moved to another time, confirmed although late, or tried again after a failure.</summary>
    public static Post? Schedule(this Post post, DateTimeOffset dueAt) => Edit(post, PostState.Scheduled) is { } edited
        ? edited with { DueAt = dueAt, NextStepAt = dueAt }
        : null;

    /// <summary>Back to a draft; the planned time stays as a suggestion.</summary>
    public static Post? Unschedule(this Post post) => Edit(post, PostState.Draft);

    public static Post? Cancel(this Post post) => Edit(post, PostState.Cancelled);

    /// <summary>A person looked at the profile and says what became of an unconfirmed post that we gave up on.</summary>
    /// <remarks>Not there: it goes out again, now. Nothing else of ours ever sends a post of which TikTok may have every byte.</remarks>
    public static Post? Settle(this Post post, bool isPublished, DateTimeOffset now) => post switch
    {
        { AsksPerson: false } => null,
        // Its link may be had yet: TikTok is asked once more, and for as long as it still knows the post.
        _ when isPublished => post with
        {
            State = PostState.Published,
            NextStepAt = post.Trail.PublishId is null ? null : now,
            Trail = post.Trail with { ReceivedAt = post.Trail.ReceivedAt ?? now, Failures = 0 },
        },
        _ => post with { State = PostState.Scheduled, DueAt = now, NextStepAt = now, Trail = new() },
    };

    /// <summary>The account can no longer post. What TikTok already has goes on by itself and is asked about later.</summary>
    public static PostChange HoldFor(this Post post, HoldReason reason, PostContext at) => post switch
    {
        { State: PostState.Scheduled } or { State: PostState.Checking, Trail.InitSentAt: null } => Publishing.Hold(post, reason, at),
        { State: PostState.Held, Hold: { } held } when held != reason && HoldRule.Ends(held) is not HoldEnds.ByPerson =>
            Publishing.Hold(post, reason, at),
        _ => new(post, new PostStep.Nothing()),
    };

    /// <summary>The account can post again: a future post keeps its time, a missed one follows the late rule.</summary>
    public static PostChange Resume(this Post post, PostContext at)
    {
        if (post is { State: PostState.Held, Hold: { } hold } && HoldRule.Ends(hold) is HoldEnds.WithConnection)
        {
            var change = Publishing.Begin(post with { Trail = post.Trail with { Failures = 0 } }, at);
            // Whoever resumes many posts does not publish them: the worker that claims the row does.
            return change.Post.State is PostState.Checking
                ? new(change.Post with { State = PostState.Scheduled }, new PostStep.Nothing(), new(at.Now, PostState.Scheduled, "Resumed"))
                : change;
        }

        // TikTok answers again: what a person was asked, it may know itself. A count that has to settle is not hurried.
        var soon = post.Trail.AddressGone ? at.Now + Publishing.CountSettlesIn : at.Now;
        return post.Trail.InitSentAt is not null && post.NextStepAt > soon || post.AsksPerson
            ? new(post with { NextStepAt = soon }, new PostStep.Nothing())
            : new(post, new PostStep.Nothing());
    }

    private static Post? Edit(Post post, PostState state) => post.CanEdit
        ? post with { State = state, NextStepAt = null, Hold = null, Failure = null, Trail = new() }
        : null;
}
