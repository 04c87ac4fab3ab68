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
    /// <summary>At TikTok's pages, and there is still time.</summary>
    UnderWay,

    /// <summary>It went to TikTok and its time is over.</summary>
    NeverCameBack,
    Connected,
    Cancelled,
    OtherAccount,
    Failed,
}
