namespace Holdfast.Studio.Notices;

/// <summary>What people are told about. The names are stored, and are the key of the sentences.</summary>
public enum Occasion
{
    /// <summary>An account needs its person. Cause: <see cref="Domain.Connections.NeedsSignInReason"/>.</summary>
    NeedsSignIn,

    /// <summary>TikTok does not let an account be used. Cause: <see cref="Domain.Connections.Restriction"/>.</summary>
    Restricted,

    /// <summary>A sign-in ends and renewing does not move its end. Facts: the days that are left.</summary>
    EndingSoon,

    /// <summary>Cause: TikTok's code.</summary>
    PostFailed,

    /// <summary>A due post waits for somebody. Cause: <see cref="Domain.Posts.HoldReason"/>.</summary>
    PostHeld,

    /// <summary>Nobody could find out whether TikTok has it: a person looks.</summary>
    PostUnconfirmed,

    /// <summary>A planned post would not go out as things stand. Cause: as for a held or a failed post.</summary>
    PostCheck,

    /// <summary>A problem of the app stands in the way of many accounts. Cause: the incident's.</summary>
    IncidentBegan,

    /// <summary>Cause: the incident's.</summary>
    IncidentOver,

    /// <summary>Somebody used a link that a member had given out. Fact: who had made the link.</summary>
    LinkUsed,
}
