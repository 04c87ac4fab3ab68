namespace Holdfast.TikTok;

/// <summary>A call without an answer that can be trusted: it may or may not have had its effect. Never a reason to end a connection.</summary>
/// <param name="Reason">What happened.</param>
/// <param name="Detail">One line for people and logs; holds no secret and no text from the body beyond an error code.</param>
/// <param name="RetryAfter">How long the server asked us to wait, 0 seconds to 1 day; null when it did not say.</param>
/// <param name="LogId">TikTok's id of the call, when an answer held one.</param>
/// <param name="Http">HTTP status, or null when none arrived.</param>
public sealed record UnknownAnswer(UnknownReason Reason, string Detail, TimeSpan? RetryAfter = null, string? LogId = null, int? Http = null);

/// <summary>Why an outcome is unknown.</summary>
public enum UnknownReason
{
    /// <summary>The host was never reached: name, route or TLS. The call cannot have had an effect.</summary>
    Unreachable,

    /// <summary>The connection broke after it stood; the call may have had its effect.</summary>
    Network,

    /// <summary>The deadline passed.</summary>
    TimedOut,

    /// <summary>HTTP 5xx, or an error code that says the server is at fault.</summary>
    ServerError,

    /// <summary>HTTP 429 without a readable refusal.</summary>
    RateLimited,

    /// <summary>The body is no JSON: a proxy's page, a captive portal, nothing at all.</summary>
    NotJson,

    /// <summary>JSON, but a required member is missing or out of range.</summary>
    Malformed,

    /// <summary>The body exceeds the limit for this call.</summary>
    TooLarge,

    /// <summary>HTTP 3xx. Redirects are never followed.</summary>
    Redirected,

    /// <summary>An error code this library does not know; passing until proven otherwise.</summary>
    UnrecognisedError,
}
