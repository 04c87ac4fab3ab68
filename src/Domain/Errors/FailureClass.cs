namespace Holdfast.Domain.Errors;

/// <summary>Whom a failure concerns, and so what may be concluded from it.</summary>
public enum FailureClass
{
    /// <summary>Nobody: it may be gone at the next try. Every code we do not know is here.</summary>
    Passing,

    /// <summary>The account: its sign-in, its permissions or its own limits at TikTok.</summary>
    Account,

    /// <summary>The app: one incident for all accounts; nothing is marked on any of them.</summary>
    App,

    /// <summary>Only the one call or post that was sent.</summary>
    Post,
}
