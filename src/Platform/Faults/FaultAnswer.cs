using System.Text.Json;
using Holdfast.Platform.Api;

namespace Holdfast.Platform.Faults;

/// <summary>Refusals in the shape of the endpoint that would have answered (§2.6, §7.1), and a proxy's page.</summary>
internal static class FaultAnswer
{
    /// <param name="code">TikTok's; empty for the usual one of the status.</param>
    public static async Task JsonAsync(HttpContext http, string place, int status, string code, string message, long? retryAfter, string logId)
    {
        var response = http.Response;
        response.StatusCode = status;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        if (retryAfter is { } seconds)
            response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var isOAuth = ApiPlace.IsOAuth(place);
        var word = code.Length > 0 ? code : Usual(status, isOAuth);
        if (http.Features.Get<CallNote>() is { } note)
            note.Code = word;
        if (place is ApiPlace.Upload)
        {
            response.ContentLength = 0; // uploads answer without JSON (§5.6)
            return;
        }
        response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(response.BodyWriter);
        json.WriteStartObject();
        if (isOAuth)
        {
            json.WriteString("error", word);
            json.WriteString("error_description", message.Length > 0 ? message : Words(status));
            json.WriteString("log_id", logId);
        }
        else if (place is ApiPlace.Business)
        {
            // Another envelope: a number, and the id by another name.
            json.WriteNumber("code", int.TryParse(word, out var number) ? number : Usual(status));
            json.WriteString("message", message.Length > 0 ? message : Words(status));
            json.WriteString("request_id", logId);
            json.WriteStartObject("data");
            json.WriteEndObject();
        }
        else
        {
            if (!ApiPlace.IsPosting(place))
            {
                json.WriteStartObject("data");
                json.WriteEndObject();
            }
            json.WriteStartObject("error");
            json.WriteString("code", word);
            json.WriteString("message", message.Length > 0 ? message : Words(status));
            json.WriteString("log_id", logId);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    /// <summary>What a client meets whose call never reached the API.</summary>
    public static Task HtmlAsync(HttpContext http, int status)
    {
        var words = $"{status} {Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status)}".TrimEnd();
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'";
        return http.Response.WriteAsync($"<!DOCTYPE html>\n<html lang=\"en\">\n<head><title>{words}</title></head>\n<body>\n<h1>{words}</h1>\n<p>The gateway got no answer from the server behind it.</p>\n</body>\n</html>\n");
    }

    private static string Usual(int status, bool isOAuth) => (status, isOAuth) switch
    {
        (401, true) => "invalid_client",
        (429 or 503, true) => "temporarily_unavailable",
        ( >= 500, true) => "server_error",
        (_, true) => "invalid_request",
        (401, false) => "access_token_invalid",
        (429, false) => "rate_limit_exceeded",
        ( >= 500, false) => "internal_error",
        _ => "invalid_params",
    };

    private static int Usual(int status) => status switch { 401 => 40105, 429 => 40100, >= 500 => 50000, _ => 40002 };

    private static string Words(int status) => status switch
    {
        401 => "The request was not authorized.",
        429 => "The API rate limit was exceeded. Please try again later.",
        >= 500 => "Something is wrong. Please try again later.",
        _ => "The request was refused.",
    };
}
