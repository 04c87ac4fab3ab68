using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace Holdfast.Specs.Platform.Settings;

/// <summary>A mail server that takes what it is given, or says what it is told to say.</summary>
internal sealed class FakeMailServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ended = new();
    private readonly Channel<string> letters = Channel.CreateUnbounded<string>();
    private readonly Task running;

    public FakeMailServer()
    {
        listener.Start();
        running = RunAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>What it answers to the next letters instead of taking them.</summary>
    public Queue<string> Refusals { get; } = new();

    /// <summary>The next letter handed over, as it crossed the wire, whether or not it was taken.</summary>
    public async Task<string> NextAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30), TestClock.System);
        return await letters.Reader.ReadAsync(limit.Token);
    }

    /// <summary>Settings that make an app hand its letters over here.</summary>
    public void Configure(WebApplicationBuilder builder)
    {
        builder.Configuration["Mail:Host"] = "127.0.0.1";
        builder.Configuration["Mail:Port"] = $"{Port}";
        builder.Configuration["Mail:From"] = "Platform <no-reply@example.test>";
        builder.Configuration["Mail:StartTls"] = "false";
    }

    /// <summary>What stands in a letter, however it was packed for the wire.</summary>
    public static string Text(string letter)
    {
        var parts = letter.ReplaceLineEndings("\n").Split("\n\n", 2);
        if (parts[0].Contains("base64", StringComparison.OrdinalIgnoreCase))
            return Encoding.UTF8.GetString(Convert.FromBase64String(parts[1].Replace("\n", "", StringComparison.Ordinal)));
        return parts[0].Contains("quoted-printable", StringComparison.OrdinalIgnoreCase) ? parts[1].Replace("=\n", "", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal) : parts[1];
    }

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        listener.Stop();
        await running;
        ended.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(ended.Token);
                await using var stream = client.GetStream();
                await TalkAsync(new StreamReader(stream), new StreamWriter(stream) { AutoFlush = true, NewLine = "\r\n" });
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or IOException)
        {
            // The spec is over.
        }
    }

    private async Task TalkAsync(StreamReader from, StreamWriter to)
    {
        await to.WriteLineAsync("220 mail.example.test");
        while (await from.ReadLineAsync(ended.Token) is { } line)
        {
            switch (line.Split(' ')[0].ToUpperInvariant())
            {
                case "DATA":
                    await to.WriteLineAsync("354 go on");
                    var letter = new StringWriter();
                    while (await from.ReadLineAsync(ended.Token) is { } text && text != ".")
                        await letter.WriteLineAsync(text);
                    await to.WriteLineAsync(Refusals.TryDequeue(out var refusal) ? refusal : "250 taken");
                    await letters.Writer.WriteAsync(letter.ToString());
                    break;
                case "QUIT":
                    await to.WriteLineAsync("221 bye");
                    return;
                default:
                    await to.WriteLineAsync("250 mail.example.test");
                    break;
            }
        }
    }
}
