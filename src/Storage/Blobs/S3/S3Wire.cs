using System.Net;
using Amazon.Runtime;

namespace Holdfast.Storage.Blobs.S3;

/// <summary>One connection pool for one store. A redirect ends the call: Amazon's library would follow some of its own accord, sign anew and send the video there.</summary>
internal sealed class S3Wire(TimeSpan deadline) : HttpClientFactory, IDisposable
{
    private readonly HttpClient client = new(new Straight()) { Timeout = deadline };

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => client;

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

    public void Dispose() => client.Dispose();

    private sealed class Straight() : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(10), PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if (answer.StatusCode is not (HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect or HttpStatusCode.Found or HttpStatusCode.SeeOther))
                return answer; // 301 carries the word that the bucket is in another region
            answer.Dispose();
            throw new HttpRequestException("It sends elsewhere, which is not followed.");
        }
    }
}
