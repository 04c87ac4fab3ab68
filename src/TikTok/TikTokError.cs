namespace Holdfast.TikTok;

/// <summary>A definite refusal in the API's envelope (tiktok-v2 §7.1, §7.2). The call had no effect.</summary>
/// <param name="Code">For example <c>access_token_invalid</c>. Decide by <see cref="Class"/> or by this, not by the message.</param>
/// <param name="Message">TikTok's words, control characters removed, at most 500 characters; often only a link to guidelines.</param>
/// <param name="LogId">TikTok's id of the call; quote it when asking for help.</param>
/// <param name="Http">HTTP status. May be 200: creator_info refuses that way on purpose (§5.2).</param>
public sealed record TikTokError(string Code, string Message, string? LogId, int Http)
{
    /// <summary>What kind of answer the code asks for.</summary>
    public TikTokErrorClass Class => TikTokErrorClasses.Of(Code);

    /// <summary>How long the server asked us to wait, 0 seconds to 1 day; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
