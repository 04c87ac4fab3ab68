using System.Net.Sockets;
using System.Text;

namespace Holdfast.Specs.Platform.Attacks;

/// <summary>Bytes on a socket, for requests that no HTTP client would send.</summary>
internal static class RawRequest
{
    /// <summary>Sends <paramref name="request"/> and reads until the server closes the connection or falls silent for two seconds.</summary>
    public static async Task<RawAnswer> SendAsync(Uri server, string request, byte[]? body = null)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port);
        await using var stream = client.GetStream();
        var reading = ReadAsync(stream);
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
            if (body is not null)
                await stream.WriteAsync(body);
        }
        catch (IOException)
        {
            // The server has answered and hung up before it heard everything, as it may.
        }
        return await reading;
    }

    private static async Task<RawAnswer> ReadAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var buffer = new byte[16 * 1024];
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(12), TestClock.System);
        try
        {
            while (true)
            {
                using var silence = new CancellationTokenSource(text.Length > 0 ? TimeSpan.FromSeconds(2) : Timeout.InfiniteTimeSpan, TestClock.System);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, silence.Token);
                var count = await stream.ReadAsync(buffer, either.Token);
                if (count == 0)
                    return new RawAnswer(text.ToString(), IsClosed: true);
                text.Append(Encoding.Latin1.GetString(buffer, 0, count));
            }
        }
        catch (OperationCanceledException)
        {
            return new RawAnswer(text.ToString(), IsClosed: false);
        }
        catch (IOException)
        {
            return new RawAnswer(text.ToString(), IsClosed: true); // reset
        }
    }
}

/// <summary>What came back, and whether the server hung up.</summary>
internal sealed record RawAnswer(string Text, bool IsClosed)
{
    /// <summary>The first answer's status; 0 without one.</summary>
    public int Status => Text.Length > 12 && Text.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) ? int.Parse(Text.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture) : 0;

    public int Answers => Text.Split("HTTP/1.1 ").Length - 1;
}
