namespace Holdfast.Domain.Posts;

/// <summary>One video for one account, and how far it has come.</summary>
/// <remarks>
/// Immutable: <see cref="Publishing"/> decides, the caller saves and then acts. The row is the job:
/// <see cref="NextStepAt"/> says when it is due, null says never.
/// </remarks>
/// <param name="Privacy">TikTok's word for the audience; never widened by us.</param>
/// <param name="VideoBytes">The size of the video.</param>
/// <param name="Duration">Its length, when known.</param>
/// <param name="Hold">Only with <see cref="PostState.Held"/>.</param>
/// <param name="Failure">Only with <see cref="PostState.Failed"/>.</param>
public sealed record Post(
    PostState State,
    string Privacy,
    long VideoBytes,
    TimeSpan? Duration = null,
    DateTimeOffset? DueAt = null,
    DateTimeOffset? NextStepAt = null,
    HoldReason? Hold = null,
    PostFailure? Failure = null)
{
    public PublishTrail Trail { get; init; } = new();

    public bool IsDue(DateTimeOffset now) => NextStepAt <= now;

    /// <summary>Nothing of it is at TikTok, so it may still be changed, moved or deleted.</summary>
    public bool CanEdit => Trail.InitSentAt is null
        && State is PostState.Draft or PostState.Scheduled or PostState.Checking or PostState.Held or PostState.Failed or PostState.Cancelled;

    /// <summary>Nobody could find out whether TikTok has it, and we have stopped trying: a person looks and decides.</summary>
    public bool AsksPerson => State is PostState.Unconfirmed && NextStepAt is null;

    /// <summary>Published, and TikTok has not named the public video yet.</summary>
    public bool IsLinkPending => State is PostState.Published && Trail.VideoId is null && PrivacyRule.HasLink(Privacy);

    /// <summary>TikTok takes long over it; nothing is wrong.</summary>
    public bool IsSlow(DateTimeOffset now) => State is PostState.Processing && now - Trail.ReceivedAt >= PollRule.SlowAfter;
}
