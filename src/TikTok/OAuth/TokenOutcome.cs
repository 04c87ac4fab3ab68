namespace Holdfast.TikTok.OAuth;

/// <summary>What came back when a code or a refresh token was sent for tokens.</summary>
public abstract record TokenOutcome
{
    private TokenOutcome() { }

    /// <summary>New tokens. The refresh token that was sent may already be dead.</summary>
    /// <param name="Grant">The pair.</param>
    public sealed record Granted(TokenGrant Grant) : TokenOutcome;

    /// <summary>TikTok says no to this code or refresh token and will keep saying no: the person has to authorize again.</summary>
    /// <param name="Error">Usually <c>invalid_grant</c>.</param>
    public sealed record Refused(OAuthError Error) : TokenOutcome;

    /// <summary>The app or its request is wrong (key, secret, redirect URI, PKCE); no account is to blame and no token is lost by it.</summary>
    /// <param name="Error">For example <c>invalid_client</c>.</param>
    public sealed record AppProblem(OAuthError Error) : TokenOutcome;

    /// <summary>No answer that can be trusted. The token may or may not have rotated, and the next try must survive both.</summary>
    /// <param name="Answer">What is known.</param>
    public sealed record Unknown(UnknownAnswer Answer) : TokenOutcome;
}
