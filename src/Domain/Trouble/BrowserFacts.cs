namespace Holdfast.Domain.Trouble;

/// <summary>What the person's browser found out about itself; <c>null</c> where it was not asked.</summary>
public sealed record BrowserFacts
{
    /// <summary>Nobody has looked: a terminal has no browser.</summary>
    public static BrowserFacts None { get; } = new();

    public bool? RunsScript { get; init; }
    public WindowTest Window { get; init; }

    /// <summary>TikTok's site answers this browser.</summary>
    public bool? ReachesSite { get; init; }
    public bool? KeepsCookies { get; init; }

    /// <summary>Windows of ours can tell each other how it went.</summary>
    public bool? HasChannel { get; init; }

    /// <summary>How far the browser's clock is ahead of the server's.</summary>
    public TimeSpan? ClockAhead { get; init; }

    /// <summary>The origin Studio was opened at.</summary>
    public string? OpenedAt { get; init; }

    /// <summary>It brought a session that has ended.</summary>
    public bool HasStaleSession { get; init; }
}

/// <summary>What came of opening a window of our own.</summary>
public enum WindowTest
{
    NotTried,

    /// <summary>The browser opened none.</summary>
    Blocked,

    /// <summary>One opened, and our page in it never reported.</summary>
    Blank,
    Works,
}
