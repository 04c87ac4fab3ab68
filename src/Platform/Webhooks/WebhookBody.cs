using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Holdfast.Platform.Webhooks;

/// <summary>The body of a notification (§6.2): members in TikTok's order, and <c>content</c> as JSON inside a string.</summary>
internal static class WebhookBody
{
    // A quote inside the string is written \" as TikTok's samples have it, not \u0022. Nobody reads it as HTML.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions PlainContent = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(string clientKey, WebhookEvent what, DateTimeOffset at)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Plain))
        {
            json.WriteStartObject();
            json.WriteString("client_key", clientKey);
            json.WriteString("event", what.Name);
            json.WriteNumber("create_time", at.ToUnixTimeSeconds());
            if (what.OpenId is not null)
                json.WriteString("user_openid", what.OpenId);
            json.WriteString("content", JsonSerializer.Serialize(what.Content, PlainContent));
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
