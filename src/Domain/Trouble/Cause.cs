namespace Holdfast.Domain.Trouble;

/// <summary>What can be behind the four problems; each has sentences of its own that say what it is and what to do.</summary>
public enum Cause
{
    // What only the browser knows.
    ScriptOff, WindowBlocked, WindowBlank, SiteBlockedHere, CookiesBlocked, OtherAddress, BrowserClock, NoChannel,

    // How this installation stands with TikTok.
    NoApp, KeyMissing, SecretDamaged, SecretWrong, SiteUnreachable, TikTokFailing, ServerClock, AppRefused, RedirectNotRegistered, RedirectUnfit, ScopeNotEnabled, ChallengeRefused, CallsRefused, IncidentOpen,

    // What became of the last tries.
    StillOpen, NeverCameBack, LeftAtSignIn, LeftAtSignInHere, SandboxAccount, OtherAccount, Declined, CodeExpired, RedirectDiffers, ScopeRefused, NotApproved, NoAnswer, TikTokTrouble,
    AppChanged, OtherPlatform, QrEnded, LinkOver, Incomplete, Interrupted, Broken, SecretMended, AddressMoved, InTikToksWords,

    // How signing in to Studio itself went.
    Throttled, StudioPassword, StudioCode, StaleSession,

    // Why accounts ended, or will.
    AccessRemoved, AccessGone, RevokedByApp, RotatedElsewhere, RefusedAfterGap, RestoredOrCopied, RefreshRefused, RotationLost, AccessEnded, OtherAppIssued, BackupRestored, RefusedByMany, AppWasChanged, UserCap, NotAccepted,
    AccountPrivate, AccountUnderAge, AccountBanned, AccountDeleted, ByMember, NotRenewing, RenewalsDelayed, WasOff, EndingSoon,
}
