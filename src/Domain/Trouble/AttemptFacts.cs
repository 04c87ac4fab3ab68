namespace Holdfast.Domain.Trouble;

/// <summary>One try to connect an account.</summary>
/// <param name="Error">TikTok's word or one of ours; null when nothing went wrong.</param>
/// <param name="Said">TikTok's sentence.</param>
/// <param name="RedirectUri">What TikTok was asked to come back to.</param>
public sealed record AttemptFacts(
    AttemptOutcome Outcome, DateTimeOffset At, string? Error = null, string? Said = null, string? LogId = null,
    string RedirectUri = "", string? Expected = null, string? Got = null);

public enum AttemptOutcome
{
    /// <summary>The browser opened no window for it.</summary>
    Blocked,

    /// <summary>A window opened, and not even our own page came up in it.</summary>
    Blank,

    /// <summary>Our page came up and sent the browser on, and TikTok's did not come.</summary>
    KeptOff,

    /// <summary>At TikTok's pages, and there is still time.</summary>
    UnderWay,

    /// <summary>It went to TikTok and its time is over.</summary>
    NeverCameBack,
    Connected,
    Cancelled,
    OtherAccount,
    Failed,
}
