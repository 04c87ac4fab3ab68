namespace Holdfast.TikTok.OAuth;

/// <summary>What came back when the app gave up its access (tiktok-v2 §2.7).</summary>
public abstract record RevokeOutcome
{
    private RevokeOutcome() { }

    /// <summary>The app is disconnected from the account.</summary>
    public sealed record Revoked : RevokeOutcome;

    /// <summary>TikTok does not know this token (any more): it is expired or was revoked before.</summary>
    /// <param name="Error">What TikTok said.</param>
    public sealed record Refused(OAuthError Error) : RevokeOutcome;

    /// <summary>Key or secret are wrong; the access is still there.</summary>
    /// <param name="Error">For example <c>invalid_client</c>.</param>
    public sealed record AppProblem(OAuthError Error) : RevokeOutcome;

    /// <summary>No answer that can be trusted; revoking again is harmless.</summary>
    /// <param name="Answer">What is known.</param>
    public sealed record Unknown(UnknownAnswer Answer) : RevokeOutcome;
}
