using System.Net.Http.Headers;
using Holdfast.Shell.Outside;

namespace Holdfast.Platform.Webhooks;

/// <summary>Brings one signed event to an app's callback address.</summary>
internal interface IWebhookCarrier
{
    /// <summary>Sends once, whatever comes of it.</summary>
    Task<OutsideResult> CallAsync(string url, string signature, byte[] body);
}

/// <summary>Brings it through the one door that leads outside (attack case 95).</summary>
internal sealed class WebhookCarrier(OutsideFetch outside) : IWebhookCarrier
{
    /// <summary>Bytes of an answer that a developer is shown.</summary>
    private const int ExcerptBytes = 1024;

    private static readonly ProductInfoHeaderValue Agent = new("Holdfast-Platform-Webhooks", "1.0");

    public async Task<OutsideResult> CallAsync(string url, string signature, byte[] body)
    {
        if (outside.ProblemWith(url) is { } problem)
            return new OutsideResult.Refused(problem);
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.UserAgent.Add(Agent);
        request.Headers.TryAddWithoutValidation(WebhookSignature.Header, signature);
        return await outside.SendAsync(request, ExcerptBytes, CancellationToken.None);
    }
}
