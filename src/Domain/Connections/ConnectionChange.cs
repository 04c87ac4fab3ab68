namespace Holdfast.Domain.Connections;

/// <summary>What a fact did to a connection: save all of it in one transaction, then act.</summary>
/// <param name="Entry">To append to the timeline; null when there is nothing worth telling.</param>
/// <param name="Notice">To send once; null when people already know or need not.</param>
/// <param name="Incident">To raise once for the app, however many connections report it.</param>
public sealed record ConnectionChange(
    Connection Connection,
    TimelineEntry? Entry = null,
    Notice? Notice = null,
    PostsEffect Posts = PostsEffect.None,
    Incident? Incident = null);

/// <summary>What becomes of the account's posts.</summary>
public enum PostsEffect
{
    None,
    Hold,
    Resume,
}

/// <summary>A line of "why did it disconnect?".</summary>
/// <param name="Cause">In our words: the key of a sentence, e.g. <c>RotationLost</c> or a member's name.</param>
/// <param name="TikTokReason">In TikTok's words.</param>
/// <param name="Attempts">How many times we tried.</param>
/// <param name="By">The person who acted, by the name they had then; null when nobody but Studio did.</param>
public sealed record TimelineEntry(
    DateTimeOffset At, TimelineKind Kind, string Cause, string? TikTokReason = null, string? LogId = null, int Attempts = 0, string? By = null);

public enum TimelineKind
{
    Connected,
    Reconnected,
    Renamed,
    Renewed,
    RenewalDelayed,
    TokenRefused,
    RemovalTold,
    Recovered,
    EndingSoon,
    SignInNeeded,
    Restricted,
    Disconnected,

    /// <summary>Somebody without a seat signed in by a link that a member had given out.</summary>
    SignedInByLink,
}

/// <summary>A message to people; the kind and cause make it one of a kind.</summary>
public sealed record Notice(NoticeKind Kind, string Cause);

public enum NoticeKind
{
    NeedsSignIn,
    EndingSoon,
    Restricted,
}
