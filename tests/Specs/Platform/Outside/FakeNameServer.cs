using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Holdfast.Specs.Platform.Outside;

/// <summary>A name server over real UDP and TCP that answers every question for TXT with the texts it was given.</summary>
internal sealed class FakeNameServer : IDisposable
{
    private readonly Socket datagrams;
    private readonly TcpListener streams;

    public FakeNameServer()
    {
        (datagrams, streams) = Bind();
        _ = AnswerDatagramsAsync();
        _ = AnswerStreamsAsync();
    }

    /// <summary>One number that is free for both: another spec may have the one that was drawn for datagrams.</summary>
    private static (Socket, TcpListener) Bind()
    {
        for (var tries = 1; ; tries++)
        {
            var datagrams = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            datagrams.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            var streams = new TcpListener(IPAddress.Loopback, ((IPEndPoint)datagrams.LocalEndPoint!).Port);
            try
            {
                streams.Start();
                return (datagrams, streams);
            }
            catch (SocketException taken) when (taken.SocketErrorCode is SocketError.AddressAlreadyInUse && tries < 20)
            {
                streams.Dispose();
                datagrams.Dispose();
            }
        }
    }

    public string Address => datagrams.LocalEndPoint!.ToString()!;

    public List<string> Texts { get; } = [];

    /// <summary>Only the first bit of an answer fits into a datagram.</summary>
    public bool IsTruncated { get; set; }

    /// <summary>The first datagrams that get lost.</summary>
    public int Loses { get; set; }

    /// <summary>3 is a name that does not exist, 2 a server that failed.</summary>
    public int Code { get; set; }

    /// <summary>Sends this before each answer: a guess, or rubbish.</summary>
    public Func<byte[], byte[]>? Before { get; set; }

    public int Asked { get; private set; }

    public void Dispose()
    {
        datagrams.Dispose();
        streams.Dispose();
    }

    private async Task AnswerDatagramsAsync()
    {
        var buffer = new byte[512];
        try
        {
            while (true)
            {
                var got = await datagrams.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0));
                Asked++;
                if (Loses-- > 0)
                    continue;
                var question = buffer[..got.ReceivedBytes];
                if (Before is not null)
                    await datagrams.SendToAsync(Before(question), got.RemoteEndPoint);
                await datagrams.SendToAsync(Answer(question, IsTruncated), got.RemoteEndPoint);
            }
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task AnswerStreamsAsync()
    {
        try
        {
            while (true)
            {
                using var caller = await streams.AcceptTcpClientAsync();
                var length = new byte[2];
                await caller.GetStream().ReadExactlyAsync(length);
                var question = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
                await caller.GetStream().ReadExactlyAsync(question);
                var answer = Answer(question, false);
                BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)answer.Length);
                await caller.GetStream().WriteAsync((byte[])[.. length, .. answer]);
            }
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException or IOException)
        {
        }
    }

    private byte[] Answer(byte[] question, bool truncated)
    {
        List<byte> answer = [.. question];
        answer[2] = (byte)(0x80 | (truncated ? 2 : 0) | 1);
        answer[3] = (byte)(0x80 | Code);
        var texts = truncated || Code != 0 ? [] : Texts;
        // A name that is another's: a CNAME stands before what it leads to, as real resolvers have it.
        byte[] alias = [0xC0, 12, 0, 5, 0, 1, 0, 0, 0, 60, 0, 2, 0xC0, 12];
        answer[7] = (byte)(texts.Count + 1);
        answer.AddRange(alias);
        foreach (var text in texts)
        {
            var pieces = Encoding.UTF8.GetBytes(text).Chunk(255).SelectMany(piece => (byte[])[(byte)piece.Length, .. piece]).ToArray();
            answer.AddRange([0xC0, 12, 0, 16, 0, 1, 0, 0, 0, 60, (byte)(pieces.Length >> 8), (byte)pieces.Length, .. pieces]);
        }
        return [.. answer];
    }
}
