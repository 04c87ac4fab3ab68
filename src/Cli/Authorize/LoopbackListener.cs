using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Holdfast.Shell.Hosting;
using Holdfast.TikTok.OAuth;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Holdfast.Cli.Authorize;

/// <summary>Waits on this machine for the one answer that carries this sign-in's state, and lets nothing else count (attack case 101).</summary>
/// <remarks>
/// Bound to 127.0.0.1 only. The host name has to be the one of the redirect URI, which stops a foreign page that had its name resolve to this machine;
/// path and method have to fit, and without the state an answer is somebody else's.
/// </remarks>
internal sealed class LoopbackListener : IAsyncDisposable
{
    private readonly TaskCompletionSource<AuthorizationCallback> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly WebApplication app;
    private readonly RedirectTarget target;
    private readonly string state;
    private readonly Action<string> ignored;

    private LoopbackListener(WebApplication app, RedirectTarget target, string state, Action<string> ignored) =>
        (this.app, this.target, this.state, this.ignored) = (app, target, state, ignored);

    /// <summary>The redirect URI with the port that was really taken.</summary>
    public string RedirectUri { get; private set; } = "";

    /// <summary>The first answer with the right state: granted or refused.</summary>
    public Task<AuthorizationCallback> Answer => answer.Task;

    /// <param name="ignored">Told, in one sentence, about an answer at the right place that does not count.</param>
    /// <exception cref="StartupException">The port is taken.</exception>
    public static async Task<LoopbackListener> StartAsync(RedirectTarget target, string state, Action<string> ignored, CancellationToken stopping)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestLineSize = 16 * 1024;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(5);
            kestrel.Listen(IPAddress.Loopback, target.Port);
        });
        var listener = new LoopbackListener(builder.Build(), target, state, ignored);
        listener.app.Run(listener.HandleAsync);
        try
        {
            await listener.app.StartAsync(stopping);
        }
        catch (IOException taken) when (taken.InnerException is AddressInUseException)
        {
            await listener.DisposeAsync();
            throw new StartupException($"Port {target.Port} is in use by another program. Choose another with --port, or leave it out to take a free one.", taken);
        }

        catch (Exception closed) when (closed is IOException or SocketException)
        {
            await listener.DisposeAsync();
            throw new StartupException($"Port {target.Port} cannot be opened: {closed.GetBaseException().Message.TrimEnd('.')}. Choose another with --port, or leave it out to take a free one.", closed);
        }

        listener.RedirectUri = target.At(new Uri(listener.app.Urls.First()).Port);
        return listener;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context)
    {
        // As sent: a rewritten path or an absolute target would slip past a comparison of the parsed one.
        var raw = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var mark = raw.IndexOf('?', StringComparison.Ordinal);
        var path = mark < 0 ? raw : raw[..mark];
        var port = new Uri(RedirectUri).Port;
        if (!IsHost(context.Request.Headers.Host.ToString(), port))
            await CallbackPage.WriteAsync(context, StatusCodes.Status400BadRequest, "Wrong host", "This address only answers under the name it was registered with.");
        else if (path != target.Path)
            await CallbackPage.WriteAsync(context, StatusCodes.Status404NotFound, "Nothing here", "This address only waits for one sign-in.");
        else if (!HttpMethods.IsGet(context.Request.Method))
            await CallbackPage.WriteAsync(context, StatusCodes.Status405MethodNotAllowed, "Nothing here", "This address only waits for one sign-in.");
        else
            await ReceiveAsync(context, AuthorizationCallback.Parse(mark < 0 ? "" : raw[mark..]));
    }

    private Task ReceiveAsync(HttpContext context, AuthorizationCallback callback)
    {
        var echoed = callback switch
        {
            AuthorizationCallback.Granted granted => granted.State,
            AuthorizationCallback.Refused refused => refused.State,
            _ => null,
        };
        if (!AuthorizationState.Matches(state, echoed))
        {
            ignored(callback is AuthorizationCallback.NotACallback(var reason)
                ? $"A request without an answer was ignored: {reason}"
                : "An answer without this sign-in's state was ignored; it belongs to another attempt or was made up.");
            return CallbackPage.WriteAsync(context, StatusCodes.Status400BadRequest, "This does not belong to the running sign-in", "Start from the link in your terminal.");
        }

        if (!answer.TrySetResult(callback))
            return CallbackPage.WriteAsync(context, StatusCodes.Status404NotFound, "Already done", "This sign-in has its answer. You can close this window.");

        return callback is AuthorizationCallback.Refused no
            ? CallbackPage.WriteAsync(context, StatusCodes.Status200OK, "Not connected", $"The answer was: {no.Error}. {no.Description} You can close this window; your terminal says more.")
            : CallbackPage.WriteAsync(context, StatusCodes.Status200OK, "Back in your terminal", "The code has arrived. You can close this window.");
    }

    private bool IsHost(string host, int port) =>
        host.Equals(string.Create(CultureInfo.InvariantCulture, $"{target.Host}:{port}"), StringComparison.OrdinalIgnoreCase)
        || (port == 80 && host.Equals(target.Host, StringComparison.OrdinalIgnoreCase));

    /// <summary>The command line, not this host, listens to signals.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
