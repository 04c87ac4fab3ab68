using System.Diagnostics;
using System.Net;

namespace Holdfast.TikTok;

/// <summary>HTTP settings this protocol needs.</summary>
public static class TikTokHttp
{
    /// <summary>A handler that follows no redirect (the secret would travel along), keeps no cookies, and takes at most 10 seconds to connect.</summary>
    public static SocketsHttpHandler CreateHandler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        // TikTok's addresses change; a connection kept for days would miss that.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        AutomaticDecompression = DecompressionMethods.All,
        // Our trace ids are nobody else's business.
        ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
    };

    /// <summary>A client over that handler or one of your own, without a time limit beside <see cref="TikTokDeadlines"/>.</summary>
    /// <param name="handler">Must not follow redirects. Disposed with the client.</param>
    public static HttpClient CreateClient(HttpMessageHandler handler) => new(handler) { Timeout = Timeout.InfiniteTimeSpan };
}
