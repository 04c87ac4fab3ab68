namespace Holdfast.Platform.Tokens;

/// <summary>A refusal by the token or revoke endpoint (§2.6). The words never repeat what was sent, nor say which half of key and secret was wrong.</summary>
internal sealed record OAuthError(int Status, string Error, string Description)
{
    public static readonly OAuthError Malformed = Bad("The request parameters are malformed.");
    public static readonly OAuthError KeyMissing = Bad("Client key is missed in request.");
    public static readonly OAuthError SecretMissing = Bad("Client secret is missed in request.");
    public static readonly OAuthError RedirectMismatch = Bad("Redirect_uri is not matched with the uri when requesting code.");
    public static readonly OAuthError PkceMismatch = Bad("Code verifier or code challenge is invalid.");
    public static readonly OAuthError WrongClient = new(401, "invalid_client", "Client key or secret is incorrect.");
    public static readonly OAuthError CodeExpired = new(400, "invalid_grant", "Authorization code is expired.");
    public static readonly OAuthError RefreshInvalid = new(400, "invalid_grant", "Refresh token is invalid or expired.");
    public static readonly OAuthError UnsupportedGrant = new(400, "unsupported_grant_type", "The grant type is not supported by the authorization server.");
    public static readonly OAuthError OnlyPost = new(405, "invalid_request", "Only the POST method is supported.");
    public static readonly OAuthError TooSlow = new(408, "invalid_request", "The request did not arrive in time.");
    public static readonly OAuthError TooLarge = new(413, "invalid_request", "The request is too large.");
    public static readonly OAuthError WrongMediaType = new(415, "invalid_request", "Only application/x-www-form-urlencoded content is supported.");
    public static readonly OAuthError TooManyCodes = new(429, "temporarily_unavailable", "Too many invalid authorization codes. Please try again later.");
    public static readonly OAuthError WrongScope = new(400, "invalid_scope", "The scope is invalid or the client may not ask for it.");
    public static readonly OAuthError NoRedirect = new(400, "unauthorized_client", "The client has no redirect uri.");
    public static readonly OAuthError QrTokenInvalid = new(400, "invalid_grant", "Token is invalid or expired.");
    public static readonly OAuthError SlowDown = new(429, "temporarily_unavailable", "Too many requests. Please slow down.");
    public static readonly OAuthError Server = new(500, "server_error", "Something is wrong. Please try again later.");

    /// <summary>What no endpoint answered.</summary>
    public static OAuthError Of(int status) => status switch
    {
        404 => new(404, "invalid_request", "The path is not part of the API."),
        405 => OnlyPost,
        408 => TooSlow,
        413 => TooLarge,
        415 => WrongMediaType,
        >= 500 => Server with { Status = status },
        _ => Malformed with { Status = status },
    };

    private static OAuthError Bad(string description) => new(400, "invalid_request", description);
}
