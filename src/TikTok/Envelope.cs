using System.Text.Json;

namespace Holdfast.TikTok;

/// <summary>Reads the API's answers in all three shapes they come in (tiktok-v2 §7.1): with data, with the error alone, and as a bare error.</summary>
internal static class Envelope
{
    /// <param name="answer">What the wire gave.</param>
    /// <param name="read">Takes <c>data</c> (an empty object when absent) and returns null when a required member is missing.</param>
    public static ApiOutcome<T> Read<T>(WireAnswer answer, Func<JsonElement, T?> read) where T : class
    {
        if (answer is not WireAnswer.Answered(var http, var body, _, var retryAfter, _))
        {
            return new ApiOutcome<T>.Unknown(((WireAnswer.Lost)answer).Answer);
        }

        var root = Json.Object(body);
        var (code, message, logId) = root is { } element ? Error(element) : default;
        logId ??= ((WireAnswer.Answered)answer).HeaderLogId;
        if (http >= 500 || code == "internal_error")
        {
            return Unknown<T>(UnknownReason.ServerError, code is null ? $"HTTP {http}." : $"HTTP {http}, {code}.", retryAfter, logId, http);
        }

        if (root is null)
        {
            return http == 429
                ? Unknown<T>(UnknownReason.RateLimited, "HTTP 429.", retryAfter, logId, http)
                : Unknown<T>(UnknownReason.NotJson, $"HTTP {http} with a body that is no JSON object.", retryAfter, logId, http);
        }

        if (code is null)
        {
            return Unknown<T>(http == 429 ? UnknownReason.RateLimited : UnknownReason.Malformed, $"HTTP {http} with JSON that holds no error code.", retryAfter, logId, http);
        }

        if (code != "ok")
        {
            return new ApiOutcome<T>.Refused(new(code, message ?? "", logId, http) { RetryAfter = retryAfter });
        }

        return read(root.Value.ObjectMember("data") ?? Empty) is { } value
            ? new ApiOutcome<T>.Ok(value, logId)
            : Unknown<T>(UnknownReason.Malformed, "The answer says ok but lacks what was asked for.", retryAfter, logId, http);
    }

    private static readonly JsonElement Empty = JsonDocument.Parse("{}").RootElement.Clone();

    private static (string? Code, string? Message, string? LogId) Error(JsonElement root)
    {
        // A gateway in front of the API may answer in OAuth's flat shape; its error is the code.
        var error = root.ObjectMember("error") ?? root;
        var code = error.Text("code") ?? error.Text("error");
        var message = error.Text("message") ?? error.Text("error_description");
        return (string.IsNullOrEmpty(code) ? null : Json.Printable(code), Json.Printable(message), error.LogId() ?? root.LogId());
    }

    private static ApiOutcome<T>.Unknown Unknown<T>(UnknownReason reason, string detail, TimeSpan? retryAfter, string? logId, int http) where T : class =>
        new(new(reason, detail, retryAfter, logId, http));
}
