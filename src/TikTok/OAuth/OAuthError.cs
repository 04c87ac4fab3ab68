namespace Holdfast.TikTok.OAuth;

/// <summary>An error in OAuth's flat shape (tiktok-v2 §2.6).</summary>
/// <param name="Error">For example <c>invalid_grant</c>.</param>
/// <param name="Description">TikTok's sentence, control characters removed, at most 500 characters; may be empty.</param>
/// <param name="LogId">TikTok's id of the call; quote it when asking for help.</param>
/// <param name="Http">HTTP status. May be 200: the body decides.</param>
public sealed record OAuthError(string Error, string Description, string? LogId, int Http);
