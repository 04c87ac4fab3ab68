namespace Holdfast.Domain.Errors;

/// <summary>What a person can do about a failure.</summary>
public enum Remedy
{
    /// <summary>Nothing: trying again is of no use.</summary>
    None,

    /// <summary>Choose or convert another video.</summary>
    FixMedia,

    /// <summary>Change the caption, the privacy or another setting of the post.</summary>
    FixSettings,

    /// <summary>Leave it to us: time heals it.</summary>
    Wait,

    /// <summary>The operator of this installation has to act, not the person who posts.</summary>
    AppProblem,

    /// <summary>Sign in to TikTok again, or grant what is missing.</summary>
    SignIn,
}
