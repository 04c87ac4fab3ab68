using System.Net.Sockets;
using System.Text;

namespace Holdfast.Specs.Platform.Nodes;

/// <summary>A token request whose head the server is already working on while its body still waits here.</summary>
internal sealed class HalfSent : IDisposable
{
    private readonly TcpClient connection = new();
    private readonly string body;

    private HalfSent(string body) => this.body = body;

    /// <summary>Returns when the server asks for the body: by then the request has arrived.</summary>
    public static async Task<HalfSent> SendAsync(Uri address, string body)
    {
        var request = new HalfSent(body);
        await request.connection.ConnectAsync("localhost", address.Port);
        var head = $"POST /v2/oauth/token/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {body.Length}\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n";
        await request.connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head));
        var answer = new byte[256];
        var count = await request.connection.GetStream().ReadAsync(answer);
        Assert.StartsWith("HTTP/1.1 100", Encoding.ASCII.GetString(answer, 0, count), StringComparison.Ordinal);
        return request;
    }

    /// <summary>Sends the body; the answer, head and all.</summary>
    public async Task<string> FinishAsync()
    {
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(body));
        using var reader = new StreamReader(connection.GetStream());
        return await reader.ReadToEndAsync();
    }

    public void Dispose() => connection.Dispose();
}
