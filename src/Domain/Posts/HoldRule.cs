namespace Holdfast.Domain.Posts;

/// <summary>What ends a hold.</summary>
public enum HoldEnds
{
    /// <summary>A working connection: the post resumes by the late rule.</summary>
    WithConnection,

    /// <summary>Time: the post is tried again at its next step.</summary>
    ByItself,

    /// <summary>A person's answer.</summary>
    ByPerson,
}

/// <summary>How each hold ends.</summary>
public static class HoldRule
{
    public static HoldEnds Ends(HoldReason reason) => reason switch
    {
        HoldReason.NeedsSignIn or HoldReason.AccountRestricted or HoldReason.Disconnected or HoldReason.MissingScope
            => HoldEnds.WithConnection,
        HoldReason.Late or HoldReason.PrivacyNotOffered or HoldReason.AccountMustBePrivate or HoldReason.BegunTooOften
            => HoldEnds.ByPerson,
        HoldReason.MediaMissing or HoldReason.DailyCap or HoldReason.PendingDraftCap or HoldReason.UserCap
            or HoldReason.AppProblem or HoldReason.TikTokUnavailable => HoldEnds.ByItself,
    };
}
