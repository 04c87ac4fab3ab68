namespace Holdfast.Domain.Trouble;

/// <summary>What this installation found out by asking TikTok, or the Platform in its place.</summary>
public sealed record TikTokFacts
{
    public AppState App { get; init; }

    /// <summary>Somebody looked: strangers make us call nobody.</summary>
    public bool WasAsked { get; init; } = true;

    /// <summary>The origin people are sent to.</summary>
    public string Site { get; init; } = "";

    /// <summary>TikTok itself, not a Platform of ours.</summary>
    public bool IsTikTok { get; init; }

    public Reach Reach { get; init; }

    /// <summary>How far this machine's clock is ahead of TikTok's; null when it did not tell.</summary>
    public TimeSpan? ClockAhead { get; init; }

    public KeyCheck Keys { get; init; }

    public PageCheck Page { get; init; }

    /// <summary>The client key looks like a sandbox's, which knows its target users only.</summary>
    public bool IsSandbox { get; init; }

    /// <summary>What TikTok is asked to send people back to.</summary>
    public string RedirectUri { get; init; } = "";

    /// <summary>No platform of TikTok's takes such an address.</summary>
    public bool IsRedirectUnfit { get; init; }

    /// <summary>Of the call that was refused.</summary>
    public string? LogId { get; init; }
}

/// <summary>Whether the app's key and secret are at hand.</summary>
public enum AppState
{
    Ready,
    None,
    KeyMissing,
    SecretDamaged,
}

/// <summary>Whether TikTok's API answers this machine.</summary>
public enum Reach
{
    NotAsked,
    Answers,

    /// <summary>Its name cannot be resolved.</summary>
    NoName,
    NoConnection,

    /// <summary>The certificate is not its own, or somebody stands between.</summary>
    NoTls,
    TimedOut,
}

/// <summary>What the token endpoint says to client key and secret.</summary>
public enum KeyCheck
{
    Unknown,
    Right,
    Wrong,
}

/// <summary>What the authorization page says to the link we send people to.</summary>
public enum PageCheck
{
    /// <summary>It did not say, as TikTok's own page does not before somebody has signed in.</summary>
    Unknown,
    Accepts,

    /// <summary>The key, or one of the many things TikTok blames the key for.</summary>
    RefusesKey,
    RefusesRedirect,
    RefusesScope,
    RefusesChallenge,
}
