namespace Holdfast.Domain.Connections;

/// <summary>Why only the person can bring the connection back.</summary>
public enum NeedsSignInReason
{
    /// <summary>The person removed the app in TikTok; a verified webhook said so.</summary>
    AccessRemoved,

    /// <summary>The app's own side revoked the access at TikTok.</summary>
    RevokedByApp,

    /// <summary>The token endpoint refused, and nothing tells more.</summary>
    RefreshRefused,

    /// <summary>TikTok may have issued new tokens in an answer that never reached us, and now refuses the old ones.</summary>
    RotationLost,

    /// <summary>The refresh token reached the end of its life.</summary>
    RefreshTokenEnded,

    /// <summary>The tokens belong to another app's keys (sandbox to production, or another client key).</summary>
    OtherAppIssued,

    /// <summary>The database was restored from a backup that is older than the tokens: those it holds had been replaced.</summary>
    BackupRestored,

    /// <summary>TikTok renews the tokens and then refuses them, again and again.</summary>
    TokensNotAccepted,
}
