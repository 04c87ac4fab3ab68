using System.Net;
using System.Net.Security;

namespace Holdfast.Shell.Outside;

/// <summary>The edge of this process: names to numbers, numbers to connections.</summary>
public interface IOutsideNetwork
{
    /// <summary>Every address a name has now; empty when it has none.</summary>
    Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken aborted);

    /// <exception cref="System.Net.Sockets.SocketException">Nobody listens there.</exception>
    Task<Stream> ConnectAsync(IPEndPoint end, CancellationToken aborted);

    /// <summary>How the other side's certificate is judged.</summary>
    SslClientAuthenticationOptions Tls { get; }
}
