namespace Holdfast.TikTok.OAuth;

/// <summary>What came back when the app asked for a token of its own (tiktok-v2 §2.4).</summary>
public abstract record ClientTokenOutcome
{
    private ClientTokenOutcome() { }

    /// <summary>A client access token; it proves key and secret, not that the app may use Login Kit (§9 no. 9).</summary>
    /// <param name="AccessToken">For the research and commercial content APIs.</param>
    /// <param name="Lifetime">Its remaining life as returned, more than zero, at most 10 years.</param>
    public sealed record Granted(AccessToken AccessToken, TimeSpan Lifetime) : ClientTokenOutcome;

    /// <summary>Key, secret or request are wrong.</summary>
    /// <param name="Error">For example <c>invalid_client</c>.</param>
    public sealed record AppProblem(OAuthError Error) : ClientTokenOutcome;

    /// <summary>No answer that can be trusted.</summary>
    /// <param name="Answer">What is known.</param>
    public sealed record Unknown(UnknownAnswer Answer) : ClientTokenOutcome;
}
