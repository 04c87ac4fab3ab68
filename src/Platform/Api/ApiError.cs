namespace Holdfast.Platform.Api;

/// <summary>A refusal of the resource API: HTTP status, <c>error.code</c> and <c>error.message</c> (§7.2).</summary>
internal sealed record ApiError(int Status, string Code, string Message)
{
    public const string InvalidParamsCode = "invalid_params";

    public static readonly ApiError AccessTokenInvalid = new(401, "access_token_invalid", "The access token is invalid or not found in the request.");
    public static readonly ApiError ScopeNotAuthorized = new(401, "scope_not_authorized", "The user did not authorize the scope required for completing this request.");
    public static readonly ApiError ScopePermissionMissed = new(400, "scope_permission_missed", "Some of the requested fields need additional scopes.");
    public static readonly ApiError RateLimitExceeded = new(429, "rate_limit_exceeded", "The API rate limit was exceeded. Please try again later.");
    public static readonly ApiError InternalError = new(500, "internal_error", "Something is wrong. Please try again later.");

    /// <summary>400 <c>invalid_params</c>, the code the live service uses.</summary>
    public static ApiError InvalidParams(string message) => new(400, InvalidParamsCode, message);

    /// <summary>What no endpoint answered.</summary>
    public static ApiError Of(int status) => status switch
    {
        404 => new(404, InvalidParamsCode, "The path is not part of the API."),
        405 => new(405, InvalidParamsCode, "The HTTP method is not supported."),
        403 => new(403, InvalidParamsCode, "The request was refused."),
        >= 500 => InternalError with { Status = status },
        _ => Unreadable(status),
    };

    /// <summary>A request whose body was packed, too large, too slow or broken: 415, 413, 408, 400.</summary>
    public static ApiError Unreadable(int status) => new(status, InvalidParamsCode, "The request body cannot be read.");
}
