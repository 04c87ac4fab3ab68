using System.Text.Json;

namespace Holdfast.TikTok.OAuth;

/// <summary>Decides what an answer of the token endpoint means. Pure: bytes and status in, outcome out.</summary>
/// <remarks>
/// The body decides over the status (tiktok-v2 §2.6 shows errors with HTTP 200), except that 5xx and 429 are never a definite answer (§10.3).
/// Whatever is not in the table below counts as unknown: a wrong "unknown" costs a retry, a wrong "refused" costs somebody's connection.
/// </remarks>
internal static class TokenRules
{
    /// <summary>Ten years; TikTok's longest is one. More is a wrong unit or an attack on our arithmetic.</summary>
    public const long LongestLifetime = 315_360_000;

    private enum Meaning { Refused, AppProblem, ServerError, Unrecognised }

    public static TokenOutcome ForUser(WireAnswer answer, bool isRefresh)
    {
        var (root, error, unknown) = Open(answer);
        if (unknown is not null)
        {
            return new TokenOutcome.Unknown(unknown);
        }

        if (error is not null)
        {
            return Judge(error, isRefresh) switch
            {
                Meaning.Refused => new TokenOutcome.Refused(error),
                Meaning.AppProblem => new TokenOutcome.AppProblem(error),
                Meaning.ServerError => new TokenOutcome.Unknown(Passing(error, answer, UnknownReason.ServerError)),
                _ => new TokenOutcome.Unknown(Passing(error, answer, UnknownReason.UnrecognisedError)),
            };
        }

        var answered = (WireAnswer.Answered)answer;
        return Grant(root, answered.Date) is { } grant
            ? new TokenOutcome.Granted(grant)
            : new TokenOutcome.Unknown(Incomplete(answered, root));
    }

    public static ClientTokenOutcome ForClient(WireAnswer answer)
    {
        var (root, error, unknown) = Open(answer);
        if (unknown is not null)
        {
            return new ClientTokenOutcome.Unknown(unknown);
        }

        if (error is not null)
        {
            return Judge(error, isRefresh: false) switch
            {
                Meaning.Refused or Meaning.AppProblem => new ClientTokenOutcome.AppProblem(error),
                Meaning.ServerError => new ClientTokenOutcome.Unknown(Passing(error, answer, UnknownReason.ServerError)),
                _ => new ClientTokenOutcome.Unknown(Passing(error, answer, UnknownReason.UnrecognisedError)),
            };
        }

        return root.Text("access_token") is { } token && Secret.IsSound(token) && IsBearer(root) && Lifetime(root, "expires_in", 1) is { } lifetime
            ? new ClientTokenOutcome.Granted(new(token), lifetime)
            : new ClientTokenOutcome.Unknown(Incomplete((WireAnswer.Answered)answer, root));
    }

    public static RevokeOutcome ForRevoke(WireAnswer answer)
    {
        // An empty body is a success here (§2.7); for the other calls it is no answer.
        if (answer is WireAnswer.Answered { Http: >= 200 and < 300, Body: var body } && body.All(IsSpace))
        {
            return new RevokeOutcome.Revoked();
        }

        var (root, error, unknown) = Open(answer);
        return unknown is not null ? new RevokeOutcome.Unknown(unknown)
            : error is null && !SaysNothing(root) ? new RevokeOutcome.Unknown(Incomplete((WireAnswer.Answered)answer, root))
            : error is null ? new RevokeOutcome.Revoked()
            : error.Error == "invalid_request" ? new RevokeOutcome.Refused(error)
            : Judge(error, isRefresh: false) switch
            {
                Meaning.Refused => new RevokeOutcome.Refused(error),
                Meaning.AppProblem => new RevokeOutcome.AppProblem(error),
                Meaning.ServerError => new RevokeOutcome.Unknown(Passing(error, answer, UnknownReason.ServerError)),
                _ => new RevokeOutcome.Unknown(Passing(error, answer, UnknownReason.UnrecognisedError)),
            };
    }

    internal static (JsonElement Root, OAuthError? Error, UnknownAnswer? Unknown) Open(WireAnswer answer)
    {
        if (answer is not WireAnswer.Answered(var http, var body, _, var retryAfter, _))
        {
            return (default, null, ((WireAnswer.Lost)answer).Answer);
        }

        var parsed = Json.Object(body);
        var error = parsed is { } element ? Error(element, http) : null;
        var logId = error?.LogId ?? parsed?.LogId() ?? ((WireAnswer.Answered)answer).HeaderLogId;
        error = error is { LogId: null } ? error with { LogId = logId } : error;
        if (http >= 500 || http == 429)
        {
            var reason = http == 429 ? UnknownReason.RateLimited : UnknownReason.ServerError;
            return (default, null, new(reason, error is null ? $"HTTP {http}." : $"HTTP {http}, {error.Error}.", retryAfter, logId, http));
        }

        if (parsed is not { } root)
        {
            return (default, null, new(UnknownReason.NotJson, $"HTTP {http} with a body that is no JSON object.", retryAfter, logId, http));
        }

        return error is null && http is < 200 or >= 300
            ? (root, null, new(UnknownReason.Malformed, $"HTTP {http} with JSON that holds no error.", retryAfter, logId, http))
            : (root, error, null);
    }

    // {} is the documented success; an answer in another protocol's words is none, and revoking again is harmless.
    private static bool SaysNothing(JsonElement root) => root.EnumerateObject().All(member =>
        member.NameEquals("error") || member.NameEquals("error_description") || member.NameEquals("log_id") || member.NameEquals("logid")
        || (member.NameEquals("data") && member.Value.ValueKind == JsonValueKind.Object && !member.Value.EnumerateObject().Any()));

    private static OAuthError? Error(JsonElement root, int http)
    {
        // The API's envelope instead of OAuth's flat shape: a gateway answered. Its code stands in for the error.
        var envelope = root.ObjectMember("error");
        var error = envelope?.Text("code") ?? root.Text("error");
        var description = envelope?.Text("message") ?? root.Text("error_description");
        return string.IsNullOrEmpty(error) || error == "ok"
            ? null
            : new(Json.Printable(error), Json.Printable(description), root.LogId() ?? envelope?.LogId(), http);
    }

    private static Meaning Judge(OAuthError error, bool isRefresh) => error.Error switch
    {
        "invalid_grant" => Meaning.Refused,
        // After an exchange it is the person's no. A renewal has no person in it, so there it proves nothing.
        "access_denied" => isRefresh ? Meaning.Unrecognised : Meaning.Refused,
        "invalid_client" or "unauthorized_client" or "unsupported_grant_type" or "unsupported_response_type"
            or "invalid_scope" or "invalid_request" => Meaning.AppProblem,
        "server_error" or "temporarily_unavailable" or "internal_error" => Meaning.ServerError,
        _ => Meaning.Unrecognised,
    };

    private static TokenGrant? Grant(JsonElement root, DateTimeOffset? date)
    {
        var refresh = root.Text("refresh_token");
        var hasRefreshLifetime = root.Member("refresh_expires_in") is not null;
        var refreshLifetime = Lifetime(root, "refresh_expires_in", 0);
        return root.Text("access_token") is { } access && Secret.IsSound(access)
            && (root.Member("refresh_token") is null || Secret.IsSound(refresh))
            && Lifetime(root, "expires_in", 1) is { } lifetime
            && hasRefreshLifetime == refreshLifetime.HasValue
            && root.Text("open_id") is { Length: > 0 and <= 512 } openId && Json.Printable(openId) == openId
            && root.Text("scope") is { } scope
            && IsBearer(root)
            ? new(new(access), lifetime, refresh is null ? null : new(refresh), refreshLifetime, openId, TikTokScopes.Granted(scope)) { ServerTime = date, LogId = root.LogId() }
            : null;
    }

    private static bool IsBearer(JsonElement root) =>
        root.Member("token_type") is null || string.Equals(root.Text("token_type"), "Bearer", StringComparison.OrdinalIgnoreCase);

    private static TimeSpan? Lifetime(JsonElement root, string name, long least) =>
        root.Member(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var seconds) && seconds >= least && seconds <= LongestLifetime
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private static UnknownAnswer Passing(OAuthError error, WireAnswer answer, UnknownReason reason) =>
        new(reason, $"HTTP {error.Http}, {error.Error}.", (answer as WireAnswer.Answered)?.RetryAfter, error.LogId, error.Http);

    internal static UnknownAnswer Incomplete(WireAnswer.Answered answer, JsonElement root) =>
        new(UnknownReason.Malformed, $"HTTP {answer.Http} without an error, but not the answer that was asked for: a member is missing, out of range or of something else.", answer.RetryAfter, root.LogId() ?? answer.HeaderLogId, answer.Http);

    private static bool IsSpace(byte value) => value is (byte)' ' or (byte)'\r' or (byte)'\n' or (byte)'\t';
}
