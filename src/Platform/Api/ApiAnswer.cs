using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Holdfast.Platform.Api;

/// <summary>Answers of the resource API in TikTok's envelope (§7.1).</summary>
internal static class ApiAnswer
{
    /// <summary><c>{"data":{…},"error":{"code":"ok",…}}</c>.</summary>
    /// <param name="data">Writes the members of <c>data</c>.</param>
    public static IResult Ok(Action<Utf8JsonWriter> data) => new Envelope(StatusCodes.Status200OK, "ok", "", data);

    /// <summary><c>{"error":{"code":"ok",…}}</c>, without <c>data</c>.</summary>
    public static IResult OkWithoutData() => new Envelope(StatusCodes.Status200OK, "ok", "", null);

    /// <summary>A refusal without <c>data</c>, as Content Posting answers.</summary>
    public static IResult Refused(ApiError error) => new Envelope(error.Status, error.Code, error.Message, null);

    /// <summary>A refusal with <c>"data":{}</c>, as the Display API answers.</summary>
    public static IResult RefusedWithData(ApiError error) => new Envelope(error.Status, error.Code, error.Message, static _ => { });

    private sealed class Envelope(int status, string code, string message, Action<Utf8JsonWriter>? data) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = status;
            response.ContentType = "application/json";
            var logId = httpContext.RequestServices.GetRequiredService<LogIds>().For(httpContext);
            if (httpContext.Features.Get<CallNote>() is { } note)
                note.Code = code;
            await using var json = new Utf8JsonWriter(response.BodyWriter);
            json.WriteStartObject();
            if (data is not null)
            {
                json.WriteStartObject("data");
                data(json);
                json.WriteEndObject();
            }
            json.WriteStartObject("error");
            json.WriteString("code", data is null && code == ApiError.InvalidParamsCode && httpContext.RequestServices.GetRequiredService<IOptions<ApiOptions>>().Value.InvalidParam ? "invalid_param" : code);
            json.WriteString("message", message);
            json.WriteString("log_id", logId);
            json.WriteEndObject();
            json.WriteEndObject();
        }
    }
}
