using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Holdfast.Benchmarks.Platform.Tokens;

/// <summary>One kept-alive HTTP/1.1 connection that does as little as possible, so that the load costs little beside the server it measures.</summary>
internal sealed class Wire(int port) : IDisposable
{
    private readonly Socket socket = Connect(port);
    private readonly byte[] buffer = new byte[64 * 1024];

    /// <summary>Sends a whole request and reads the whole answer.</summary>
    public async Task<WireAnswer> SendAsync(ReadOnlyMemory<byte> request)
    {
        await socket.SendAsync(request);
        var length = 0;
        while (true)
        {
            var count = await socket.ReceiveAsync(buffer.AsMemory(length));
            if (count == 0)
                throw new IOException("The server closed the connection.");
            length += count;
            if (WireAnswer.TryRead(buffer.AsSpan(0, length)) is { } answer)
                return answer;
        }
    }

    public static byte[] Get(string path, string? cookies) =>
        Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n{(cookies is null ? "" : $"Cookie: {cookies}\r\n")}\r\n");

    public static byte[] Post(string path, string form, string? cookies = null) =>
        Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n{(cookies is null ? "" : $"Cookie: {cookies}\r\n")}Content-Length: {form.Length}\r\n\r\n{form}");

    public void Dispose() => socket.Dispose();

    private static Socket Connect(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(IPAddress.Loopback, port);
        return socket;
    }
}

/// <summary>What a server answered.</summary>
internal sealed record WireAnswer(int Status, string Head, string Body)
{
    public string? Header(string name) => Headers(name).FirstOrDefault();

    public IEnumerable<string> Headers(string name) => Head.Split("\r\n").Skip(1)
        .Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)).Select(line => line[(name.Length + 1)..].Trim());

    /// <summary>The text of a JSON string member; the answers we read have no escapes in it.</summary>
    public string Member(string name)
    {
        var mark = $"\"{name}\":\"";
        var from = Body.IndexOf(mark, StringComparison.Ordinal);
        if (from < 0)
            throw new InvalidOperationException($"No {name} in the answer {Status}: {Head}\n{Body}");
        from += mark.Length;
        return Body[from..Body.IndexOf('"', from)];
    }

    /// <summary><c>null</c> while the answer is not all there.</summary>
    public static WireAnswer? TryRead(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return null;
        var head = Encoding.ASCII.GetString(bytes[..end]);
        var rest = bytes[(end + 4)..];
        var status = int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture);
        if (head.Contains("ransfer-Encoding: chunked", StringComparison.Ordinal))
            return rest.EndsWith("0\r\n\r\n"u8) ? new(status, head, Unchunked(rest)) : null;
        var mark = head.IndexOf("ontent-Length: ", StringComparison.Ordinal);
        var length = mark < 0 ? 0 : int.Parse(head.AsSpan(mark + 15).ToString().Split("\r\n")[0], CultureInfo.InvariantCulture);
        return rest.Length >= length ? new(status, head, Encoding.UTF8.GetString(rest[..length])) : null;
    }

    private static string Unchunked(ReadOnlySpan<byte> rest)
    {
        var text = new StringBuilder();
        while (true)
        {
            var line = rest.IndexOf("\r\n"u8);
            var size = int.Parse(Encoding.ASCII.GetString(rest[..line]), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (size == 0)
                return text.ToString();
            text.Append(Encoding.UTF8.GetString(rest.Slice(line + 2, size)));
            rest = rest[(line + 2 + size + 2)..];
        }
    }
}
