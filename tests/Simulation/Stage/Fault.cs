using System.Net;
using System.Net.Http.Headers;

namespace Holdfast.Simulation.Stage;

/// <summary>What can become of one call.</summary>
internal enum Fault
{
    None,

    /// <summary>Up to a minute under way, there or back.</summary>
    Slow,

    /// <summary>It never arrives; the caller waits until it gives up.</summary>
    RequestLost,

    /// <summary>It was answered, and the answer never arrives.</summary>
    AnswerLost,

    /// <summary>It was answered, and the connection breaks in the middle of the answer.</summary>
    ResetMidAnswer,

    /// <summary>It was answered, and half of the answer arrives.</summary>
    TruncatedJson,

    Reset,
    DnsFailure,
    Error500,
    Error502,
    Error503,
    Busy429,
    Html200,

    /// <summary>HTTP 200 with an error in it.</summary>
    ErrorBody200,

    /// <summary>HTTP 200 with tokens that are empty texts.</summary>
    EmptyTokens,
}

/// <summary>Answers that do not come from the Platform.</summary>
internal static class Canned
{
    private const string LogId = "20260101000000AAAAAAAAAAAAAAAAAAAA";

    /// <summary>The answer a fault puts in the place of the real one; <c>null</c> for faults of the way.</summary>
    public static HttpResponseMessage? Of(Fault fault, bool isToken, Random chance) => fault switch
    {
        Fault.Error500 => Json(HttpStatusCode.InternalServerError, Error(isToken, "internal_error")),
        Fault.Error502 => new(HttpStatusCode.BadGateway) { Content = new StringContent("<html>bad gateway</html>", null, "text/html") },
        Fault.Error503 => Json(HttpStatusCode.ServiceUnavailable, ""),
        Fault.Busy429 => Busy(isToken, chance.Next(1, 180)),
        Fault.Html200 => new(HttpStatusCode.OK) { Content = new StringContent("<html>maintenance</html>", null, "text/html") },
        Fault.ErrorBody200 => Json(HttpStatusCode.OK, Error(isToken, isToken ? "temporarily_unavailable" : "internal_error")),
        Fault.EmptyTokens => Json(HttpStatusCode.OK, """{"access_token":"","refresh_token":"","open_id":"","expires_in":7200,"refresh_expires_in":15552000,"scope":"","token_type":"Bearer"}"""),
        _ => null,
    };

    /// <summary>The first half of it.</summary>
    public static HttpResponseMessage Half(string body) => Json(HttpStatusCode.OK, body[..(body.Length / 2)]);

    private static HttpResponseMessage Busy(bool isToken, int seconds)
    {
        var answer = Json(HttpStatusCode.TooManyRequests, Error(isToken, "rate_limit_exceeded"));
        answer.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(seconds));
        return answer;
    }

    private static string Error(bool isToken, string code) => isToken
        ? $$"""{"error":"{{code}}","error_description":"","log_id":"{{LogId}}"}"""
        : $$$"""{"error":{"code":"{{{code}}}","message":"","log_id":"{{{LogId}}}"}}""";

    private static HttpResponseMessage Json(HttpStatusCode status, string body) => new(status) { Content = new StringContent(body, null, "application/json") };
}
