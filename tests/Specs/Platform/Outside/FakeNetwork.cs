using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Holdfast.Shell.Outside;
using Holdfast.Specs.Platform.Webhooks;

namespace Holdfast.Specs.Platform.Outside;

/// <summary>Names that resolve as a spec says, and connections that all end at one door on this machine, wherever they were meant to go.</summary>
/// <param name="trusts">Takes the certificate that a spec's receiver signed itself.</param>
internal sealed class FakeNetwork(bool trusts = true) : IOutsideNetwork
{
    /// <summary>A public address; nobody is called there.</summary>
    public static readonly IPAddress Public = IPAddress.Parse("8.8.4.4");

    private readonly Dictionary<string, Queue<IPAddress[]>> names = [];

    /// <summary>Where every connection really goes; <c>null</c> refuses it.</summary>
    public Uri? Door { get; set; }

    /// <summary>The addresses that were connected to.</summary>
    public List<IPEndPoint> Called { get; } = [];

    public SslClientAuthenticationOptions Tls { get; } = new() { RemoteCertificateValidationCallback = trusts ? (_, shown, _, _) => Receiver.Certificate.Equals(shown) : null };

    /// <summary>What a name resolves to; given several, each asking gets the next and the last stays.</summary>
    public void Name(string host, params string[] answers) =>
        names[host] = new(answers.Select(answer => answer.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(IPAddress.Parse).ToArray()));

    public Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken aborted) =>
        Task.FromResult<IReadOnlyList<IPAddress>>(names.TryGetValue(host, out var answers) ? answers.Count > 1 ? answers.Dequeue() : answers.Peek() : host is "localhost" ? [IPAddress.Loopback] : []);

    public async Task<Stream> ConnectAsync(IPEndPoint end, CancellationToken aborted)
    {
        Called.Add(end);
        if (Door is null)
            throw new SocketException((int)SocketError.ConnectionRefused);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, Door.Port), aborted);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
