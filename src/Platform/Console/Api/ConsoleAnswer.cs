using System.Text.Json;
using System.Text.Json.Serialization;
using Holdfast.Platform.Overrides;

namespace Holdfast.Platform.Console.Api;

/// <summary>Answers of the console's API: JSON in the API's own spelling, and refusals that say what to do.</summary>
internal static class ConsoleAnswer
{
    private static readonly JsonSerializerOptions Spelling = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DictionaryKeyPolicy = null,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower), new Spans() },
    };

    public static IResult Of(object answer, int status = StatusCodes.Status200OK) => TypedResults.Json(answer, Spelling, statusCode: status);

    public static IResult Refused(int status, string words) => Of(new { error = words }, status);

    private sealed class Spans : JsonConverter<TimeSpan>
    {
        public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => SpanText.Read(reader.GetString()) ?? throw new JsonException();

        public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) => writer.WriteStringValue(SpanText.Say(value));
    }
}
