using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace Holdfast.Shell.Outside;

/// <summary>The machine's own resolver and sockets.</summary>
public sealed class OutsideNetwork : IOutsideNetwork
{
    public SslClientAuthenticationOptions Tls { get; } = new();

    public async Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken aborted)
    {
        try
        {
            return await Dns.GetHostAddressesAsync(host, aborted);
        }
        catch (SocketException)
        {
            return [];
        }
    }

    public async Task<Stream> ConnectAsync(IPEndPoint end, CancellationToken aborted)
    {
        var socket = new Socket(end.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(end, aborted);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
