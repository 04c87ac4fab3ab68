using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Holdfast.Simulation.Stage;

/// <summary>Takes requests by method call: no socket, no thread.</summary>
internal sealed class InProcessServer : IServer
{
    private Func<IFeatureCollection, Task>? process;

    public InProcessServer() => Features.Set<IServerAddressesFeature>(new ServerAddressesFeature());

    public IFeatureCollection Features { get; } = new FeatureCollection();

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken) where TContext : notnull
    {
        process = async features =>
        {
            var context = application.CreateContext(features);
            try
            {
                await application.ProcessRequestAsync(context);
                await ((StartingFeature)features.GetRequiredFeature<IHttpResponseFeature>()).FireAsync();
                await features.GetRequiredFeature<IHttpResponseBodyFeature>().CompleteAsync();
                application.DisposeContext(context, null);
            }
            catch (Exception failure)
            {
                application.DisposeContext(context, failure);
                throw;
            }
        };
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => process = null;

    /// <summary>Runs one request through the whole pipeline.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, byte[] body, CancellationToken aborted)
    {
        var answer = new HttpResponseFeature();
        using var written = new MemoryStream();
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature
        {
            Method = request.Method.Method,
            Scheme = request.RequestUri!.Scheme, // every request of ours has an absolute address
            Path = Uri.UnescapeDataString(request.RequestUri.AbsolutePath),
            RawTarget = request.RequestUri.PathAndQuery,
            QueryString = request.RequestUri.Query,
            Protocol = "HTTP/1.1",
            Body = new MemoryStream(body),
            Headers = Headers(request, body.Length),
        });
        features.Set<IHttpResponseFeature>(new StartingFeature(answer));
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(written));
        features.Set<IHttpRequestBodyDetectionFeature>(new HasBody(body.Length > 0));
        features.Set<IHttpRequestLifetimeFeature>(new HttpRequestLifetimeFeature { RequestAborted = aborted });
        features.Set<IHttpConnectionFeature>(new HttpConnectionFeature { RemoteIpAddress = System.Net.IPAddress.Loopback });

        await process!(features); // the host starts before anybody calls
        return Message(answer, written.ToArray(), request);
    }

    private static HeaderDictionary Headers(HttpRequestMessage request, int length)
    {
        var headers = new HeaderDictionary { ["Host"] = request.RequestUri!.Authority };
        foreach (var (name, values) in request.Headers.Concat(request.Content?.Headers.AsEnumerable() ?? []))
            headers[name] = values.ToArray();
        if (length > 0)
            headers.ContentLength = length;
        return headers;
    }

    private static HttpResponseMessage Message(IHttpResponseFeature answer, byte[] body, HttpRequestMessage request)
    {
        var message = new HttpResponseMessage((System.Net.HttpStatusCode)answer.StatusCode) { Content = new ByteArrayContent(body), RequestMessage = request };
        foreach (var (name, values) in answer.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, values.ToArray()))
                message.Content.Headers.TryAddWithoutValidation(name, values.ToArray());
        }
        return message;
    }

    private sealed class HasBody(bool has) : IHttpRequestBodyDetectionFeature
    {
        public bool CanHaveBody => has;
    }

    /// <summary>Runs what wants to run just before the headers leave.</summary>
    private sealed class StartingFeature(IHttpResponseFeature inner) : IHttpResponseFeature
    {
        private readonly Stack<(Func<object, Task> Callback, object State)> starting = new();

        public int StatusCode { get => inner.StatusCode; set => inner.StatusCode = value; }
        public string? ReasonPhrase { get; set; }
        public IHeaderDictionary Headers { get => inner.Headers; set => inner.Headers = value; }
        [Obsolete("Use IHttpResponseBodyFeature")] public Stream Body { get; set; } = Stream.Null;
        public bool HasStarted { get; private set; }

        public void OnStarting(Func<object, Task> callback, object state) => starting.Push((callback, state));

        public void OnCompleted(Func<object, Task> callback, object state) { }

        public async Task FireAsync()
        {
            while (starting.TryPop(out var next))
                await next.Callback(next.State);
            HasStarted = true;
        }
    }
}
