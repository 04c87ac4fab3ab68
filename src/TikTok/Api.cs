using System.Net.Http.Headers;
using System.Text.Json;

namespace Holdfast.TikTok;

/// <summary>One JSON call with an access token.</summary>
internal sealed class Api(TikTokEndpoints endpoints, Wire wire, TimeSpan deadline)
{
    public Task<ApiOutcome<T>> GetAsync<T>(string path, string query, AccessToken token, Func<JsonElement, T?> read, CancellationToken aborted)
        where T : class => SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(endpoints.Api, path + query)), path, token, read, aborted);

    public Task<ApiOutcome<T>> PostAsync<T>(
        string path, string query, AccessToken token, Action<Utf8JsonWriter>? write, Func<JsonElement, T?> read, CancellationToken aborted)
        where T : class
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            write?.Invoke(writer);
            writer.WriteEndObject();
        }

        var content = new ByteArrayContent(buffer.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "UTF-8" };
        return SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(endpoints.Api, path + query)) { Content = content }, path, token, read, aborted);
    }

    private async Task<ApiOutcome<T>> SendAsync<T>(
        HttpRequestMessage request, string path, AccessToken token, Func<JsonElement, T?> read, CancellationToken aborted) where T : class
    {
        ArgumentNullException.ThrowIfNull(token);
        using (request)
        {
            request.Headers.Authorization = new("Bearer", token.Reveal());
            return Envelope.Read(await wire.SendAsync(request, path, deadline, Wire.ApiLimit, aborted), read);
        }
    }
}
