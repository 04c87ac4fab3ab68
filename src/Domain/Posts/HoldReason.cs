namespace Holdfast.Domain.Posts;

/// <summary>Why a due post waits instead of failing.</summary>
public enum HoldReason
{
    /// <summary>The account's connection needs a sign-in.</summary>
    NeedsSignIn,

    /// <summary>TikTok restricts the account.</summary>
    AccountRestricted,

    /// <summary>Somebody here disconnected the account.</summary>
    Disconnected,

    /// <summary>The person did not grant what posting needs.</summary>
    MissingScope,

    /// <summary>Its time has passed by more than the workspace's late rule allows: a person decides.</summary>
    Late,

    /// <summary>The video cannot be read now. Looked for again.</summary>
    MediaMissing,

    /// <summary>The chosen audience is no longer offered. Never widened by us: a person decides.</summary>
    PrivacyNotOffered,

    /// <summary>The app is not audited, so TikTok takes posts for private accounts only.</summary>
    AccountMustBePrivate,

    /// <summary>The account's posts of the last 24 hours are used up; goes out at the next free slot.</summary>
    DailyCap,

    /// <summary>Too many drafts wait in the person's TikTok inbox.</summary>
    PendingDraftCap,

    /// <summary>The app's active users of the last 24 hours are used up: an app problem, not the account's.</summary>
    UserCap,

    /// <summary>An incident of the app stands in the way.</summary>
    AppProblem,

    /// <summary>TikTok does not answer, or answers with its own trouble.</summary>
    TikTokUnavailable,

    /// <summary>Begun as often as we begin by ourselves, and nothing came of it each time: a person decides.</summary>
    BegunTooOften,
}
