using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Holdfast.Shell.Hosting;
using Microsoft.Extensions.Options;

namespace Holdfast.Shell.Outside;

/// <summary>Calls addresses that developers gave, and only those a stranger may make us call (attack case 95): https to the public internet, no redirects, no proxy, no cookies.</summary>
/// <remarks>A name is resolved once per call and the connection goes to the very address that was checked, so a name that changes its mind in between gains nothing.</remarks>
public sealed class OutsideFetch : IDisposable
{
    private static readonly HttpRequestOptionsKey<bool> ToThisMachine = new("to-this-machine");

    private readonly IOutsideNetwork network;
    private readonly OutsideOptions options;
    private readonly TimeProvider clock;
    private readonly HttpClient http;

    public OutsideFetch(IOutsideNetwork network, IOptions<OutsideOptions> options, AppOptions app, TimeProvider clock)
    {
        (this.network, this.options, this.clock) = (network, options.Value, clock);
        AllowsLoopback = this.options.AllowLoopback ?? app.IsLoopback;
        AllowsUnverified = this.options.AllowUnverified && app.IsLoopback;
        // No connection outlives its call: each one goes to an address that was checked for it.
        http = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
            PooledConnectionLifetime = TimeSpan.Zero,
            MaxResponseHeadersLength = 32,
            SslOptions = network.Tls,
            ConnectCallback = ConnectAsync,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Whether <c>http://localhost:…</c> may be called.</summary>
    public bool AllowsLoopback { get; }

    /// <summary>Whether media may come from hosts nobody has verified.</summary>
    public bool AllowsUnverified { get; }

    /// <summary>What is wrong with an address as it is written; <c>null</c> when it may be tried.</summary>
    public OutsideProblem? ProblemWith(string address) => OutsideUrlRule.ProblemWith(address, AllowsLoopback, options.ExtraPorts);

    /// <summary>As <see cref="ProblemWith(string)"/>, and looks where the name leads today. A name that does not resolve yet is no problem.</summary>
    public async Task<OutsideProblem?> CheckAsync(string address, CancellationToken aborted)
    {
        if (ProblemWith(address) is { } problem)
            return problem;
        var wanted = new Uri(address);
        var found = await AddressesAsync(wanted.IdnHost, aborted);
        return found.All(number => IsAllowed(number, OutsideUrlRule.IsLoopback(wanted))) ? null : OutsideProblem.Inside;
    }

    /// <summary>Calls, and keeps at most <paramref name="keep"/> bytes of the answer. <paramref name="request"/> is the caller's to dispose.</summary>
    public async Task<OutsideResult> SendAsync(HttpRequestMessage request, int keep, CancellationToken aborted)
    {
        using var late = new CancellationTokenSource(options.Deadline, clock);
        switch (await AskAsync(request, late, aborted))
        {
            case (null, { } problem, _):
                return new OutsideResult.Refused(problem);
            case ({ } answer, _, _):
                using (answer)
                {
                    await using var body = new OutsideBody(answer, await answer.Content.ReadAsStreamAsync(aborted), late);
                    return await ReadAsync(answer, body, keep, aborted);
                }
            case (_, _, var failure):
                return new OutsideResult.Failed(failure);
        }
    }

    /// <summary>Opens something that may be large; all of it has to arrive within <paramref name="within"/>.</summary>
    public async Task<OutsideOpening> OpenAsync(Uri address, TimeSpan within, CancellationToken aborted)
    {
        CancellationTokenSource? late = new(within, clock);
        HttpResponseMessage? answer = null;
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            (answer, var problem, var failure) = await AskAsync(request, late, aborted);
            if (answer is { StatusCode: HttpStatusCode.OK })
            {
                var opened = new OutsideBody(answer, await answer.Content.ReadAsStreamAsync(aborted), late);
                (late, answer) = (null, null); // the body's from here on
                return new OutsideOpening.Opened(opened);
            }
            return answer is not null ? new OutsideOpening.Answered((int)answer.StatusCode)
                : problem is { } refused ? new OutsideOpening.Refused(refused)
                : new OutsideOpening.Failed(failure);
        }
        finally
        {
            answer?.Dispose();
            late?.Dispose();
        }
    }

    public void Dispose() => http.Dispose();

    private static async Task<OutsideResult> ReadAsync(HttpResponseMessage answer, OutsideBody body, int keep, CancellationToken aborted)
    {
        // One byte more than is kept tells whether there is more.
        var buffer = ArrayPool<byte>.Shared.Rent(keep + 1);
        try
        {
            var read = 0;
            while (read <= keep && await body.ReadAsync(buffer.AsMemory(read, keep + 1 - read), aborted) is > 0 and var more)
                read += more;
            return new OutsideResult.Answered((int)answer.StatusCode, buffer.AsSpan(0, Math.Min(read, keep)).ToArray(), read > keep);
        }
        catch (OutsideReadException unread)
        {
            return new OutsideResult.Failed(unread.Failure);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<(HttpResponseMessage? Answer, OutsideProblem? Problem, OutsideFailure Failure)> AskAsync(HttpRequestMessage request, CancellationTokenSource late, CancellationToken aborted)
    {
        var address = request.RequestUri!; // every caller gives one
        if (OutsideUrlRule.ProblemWith(address, AllowsLoopback, options.ExtraPorts) is { } problem)
            return (null, problem, default);
        request.Options.Set(ToThisMachine, OutsideUrlRule.IsLoopback(address));
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, aborted);
        try
        {
            return (await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token), null, default);
        }
        catch (OperationCanceledException) when (!aborted.IsCancellationRequested)
        {
            return (null, null, OutsideFailure.TimedOut);
        }
        catch (HttpRequestException failed)
        {
            return failed.InnerException is InsideException ? (null, OutsideProblem.Inside, default) : (null, null, FailureOf(failed));
        }
    }

    private static OutsideFailure FailureOf(HttpRequestException failed) => failed.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => OutsideFailure.Unknown,
        HttpRequestError.ConnectionError => failed.InnerException is UnknownHostException ? OutsideFailure.Unknown : OutsideFailure.Unreachable,
        HttpRequestError.SecureConnectionError => OutsideFailure.Certificate,
        _ => failed.InnerException is UnknownHostException ? OutsideFailure.Unknown : OutsideFailure.Broken,
    };

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken aborted)
    {
        var thisMachine = context.InitialRequestMessage.Options.TryGetValue(ToThisMachine, out var allowed) && allowed;
        var found = await AddressesAsync(context.DnsEndPoint.Host, aborted);
        if (found.Count == 0)
            throw new UnknownHostException();
        // One address inside condemns the name: whoever mixes them means the inner one.
        if (!found.All(number => IsAllowed(number, thisMachine)))
            throw new InsideException();

        SocketException? closed = null;
        foreach (var number in found)
        {
            try
            {
                return await network.ConnectAsync(new IPEndPoint(number, context.DnsEndPoint.Port), aborted);
            }
            catch (SocketException refused)
            {
                closed = refused;
            }
        }
        throw closed!; // the list was not empty
    }

    private async Task<IReadOnlyList<IPAddress>> AddressesAsync(string host, CancellationToken aborted) =>
        IPAddress.TryParse(host, out var number) ? [number] : await network.ResolveAsync(host, aborted);

    private static bool IsAllowed(IPAddress number, bool thisMachine) =>
        thisMachine ? IPAddress.IsLoopback(number) : OutsideAddressRule.IsPublic(number);

    private sealed class InsideException : IOException;

    private sealed class UnknownHostException : IOException;
}
