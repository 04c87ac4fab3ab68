using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Holdfast.Specs.Studio.Accounts;

namespace Holdfast.Specs.Studio.Webhooks;

/// <summary>TikTok's own way of telling something, over HTTP to a Studio that listens.</summary>
internal sealed class HearingStudio(StudioUnderTest studio) : IDisposable
{
    public const string Path = "/webhooks/tiktok";

    private readonly HttpClient http = new(new SocketsHttpHandler()) { BaseAddress = new Uri($"http://localhost:{Holdfast.Shell.Hosting.AppBuilder.BoundAddress(studio.App).Port}") };

    public DateTimeOffset Now => studio.Clock.GetUtcNow();

    public static string Body(string name, string openId, DateTimeOffset at, object content, string clientKey = FakeTikTok.ClientKey) => JsonSerializer.Serialize(new Dictionary<string, object>
    {
        ["client_key"] = clientKey,
        ["event"] = name,
        ["create_time"] = at.ToUnixTimeSeconds(),
        ["user_openid"] = openId,
        ["content"] = JsonSerializer.Serialize(content),
    });

    public static string Sign(string body, DateTimeOffset at, string secret = FakeTikTok.ClientSecret)
    {
        var time = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"t={time},s={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{time}.{body}")))}";
    }

    public Task<HttpStatusCode> RemovedAsync(FakeAccount account, int reason, DateTimeOffset? at = null) =>
        TellAsync(Body("authorization.removed", account.OpenId, at ?? Now, new { reason }));

    public Task<HttpStatusCode> TellAsync(string body) => SendAsync(body, Sign(body, Now));

    public async Task<HttpStatusCode> SendAsync(string body, string? signature)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (signature is not null)
            request.Headers.TryAddWithoutValidation("Tiktok-Signature", signature);
        using var answer = await http.SendAsync(request);
        return answer.StatusCode;
    }

    public Task<IReadOnlyList<string>> OutcomesAsync() => studio.Database.ReadAsync(session =>
        session.ListAsync<string>("select event || ' ' || cast(times as text) || ' ' || outcome from webhook_event order by received_at, id"));

    public void Dispose() => http.Dispose();
}
