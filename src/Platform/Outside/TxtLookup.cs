using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Holdfast.Shell.Outside;
using Holdfast.Storage;
using Microsoft.Extensions.Options;

namespace Holdfast.Platform.Outside;

/// <summary>Looks TXT records up: by datagram, and by TCP where the answer is longer. .NET asks for addresses only.</summary>
internal sealed class TxtLookup(IOptions<OutsideOptions> options, ISecretSource chance, TimeProvider clock)
{
    private const int NoSuchName = 3;
    private const string SystemFile = "/etc/resolv.conf";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(3);

    /// <summary>The texts at a name, possibly none; <c>null</c> when no name server gave an answer.</summary>
    public async Task<IReadOnlyList<string>?> FindAsync(string name, CancellationToken aborted)
    {
        // Twice: a datagram may get lost.
        foreach (var server in Servers().SelectMany(server => new[] { server, server }))
        {
            var question = DnsMessage.Ask(BinaryPrimitives.ReadUInt16LittleEndian(chance.Bytes(2)), name);
            using var late = new CancellationTokenSource(Deadline, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, aborted);
            try
            {
                var reply = await ByDatagramAsync(server, question, either.Token);
                if (reply is { IsTruncated: true })
                    reply = await ByStreamAsync(server, question, either.Token);
                if (reply is { Code: 0 or NoSuchName })
                    return reply.Texts;
            }
            catch (Exception failed) when (failed is SocketException or IOException || (failed is OperationCanceledException && !aborted.IsCancellationRequested))
            {
                // The next one may know.
            }
        }
        return null;
    }

    private static async Task<DnsReply> ByDatagramAsync(IPEndPoint server, byte[] question, CancellationToken ended)
    {
        // Connected: datagrams from elsewhere do not arrive.
        using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(server, ended);
        await socket.SendAsync(question, ended);
        var buffer = new byte[4096];
        while (true)
        {
            var length = await socket.ReceiveAsync(buffer, ended);
            if (DnsMessage.Read(buffer.AsSpan(0, length), question) is { } reply)
                return reply;
        }
    }

    private static async Task<DnsReply?> ByStreamAsync(IPEndPoint server, byte[] question, CancellationToken ended)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server, ended);
        await using var stream = new NetworkStream(socket);
        var framed = new byte[question.Length + 2];
        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)question.Length);
        question.CopyTo(framed, 2);
        await stream.WriteAsync(framed, ended);
        var length = new byte[2];
        await stream.ReadExactlyAsync(length, ended);
        var answer = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
        await stream.ReadExactlyAsync(answer, ended);
        return DnsMessage.Read(answer, question);
    }

    private IReadOnlyList<IPEndPoint> Servers()
    {
        if (options.Value.NameServer is { } own)
            return IPEndPoint.TryParse(own, out var end) ? [WithPort(end)] : [];
        if (!File.Exists(SystemFile))
            return [];
        return
        [
            .. from line in File.ReadLines(SystemFile)
               let parts = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
               where parts is ["nameserver", _, ..] && IPAddress.TryParse(parts[1], out _)
               select new IPEndPoint(IPAddress.Parse(parts[1]), 53),
        ];
    }

    private static IPEndPoint WithPort(IPEndPoint end) => end.Port == 0 ? new IPEndPoint(end.Address, 53) : end;
}
