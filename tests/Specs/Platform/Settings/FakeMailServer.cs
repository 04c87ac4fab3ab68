using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Channels;

namespace Holdfast.Specs.Platform.Settings;

/// <summary>A mail server that takes what it is given, or says what it is told to say.</summary>
internal sealed class FakeMailServer : IAsyncDisposable
{
    private readonly CancellationTokenSource ended = new();
    private readonly Channel<string> letters = Channel.CreateUnbounded<string>();
    private readonly X509Certificate2? certificate;
    private TcpListener listener = new(IPAddress.Loopback, 0);
    private Task running = Task.CompletedTask;

    /// <param name="certificate">Takes letters after STARTTLS only.</param>
    public FakeMailServer(X509Certificate2? certificate = null)
    {
        this.certificate = certificate;
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        running = RunAsync(listener);
    }

    public int Port { get; }

    /// <summary>What was said to it before anything was encrypted.</summary>
    public StringBuilder InTheClear { get; } = new();

    /// <summary>Nobody listens any more.</summary>
    public async Task GoDownAsync()
    {
        listener.Stop();
        await running;
    }

    public void ComeBack()
    {
        listener = new(IPAddress.Loopback, Port);
        listener.Start();
        running = RunAsync(listener);
    }

    /// <summary>What it answers to the next letters instead of taking them.</summary>
    public Queue<string> Refusals { get; } = new();

    /// <summary>What it answers, once, to a command: for example to <c>RCPT</c>.</summary>
    public Dictionary<string, string> Answers { get; } = [];

    /// <summary>Takes letters from whoever signs in by PLAIN, the only way it offers, as <c>user:password</c>; null: from anybody.</summary>
    public string? Account { get; init; }

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
        builder.Configuration["Mail:User"] = Account?.Split(':')[0];
        builder.Configuration["Mail:Password"] = Account?.Split(':')[1];
        builder.Configuration["Mail:StartTls"] = certificate is null ? "false" : "true";
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

    private async Task RunAsync(TcpListener door)
    {
        while (true)
        {
            try
            {
                using var client = await door.AcceptTcpClientAsync(ended.Token);
                await using var stream = client.GetStream();
                await TalkAsync(stream, isSecret: false);
            }
            catch (Exception broken) when (broken is IOException or System.Security.Authentication.AuthenticationException && !ended.IsCancellationRequested)
            {
                // That one has gone; the next may come.
            }
            catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException or IOException)
            {
                return; // down, or the spec is over
            }
        }
    }

    private async Task TalkAsync(Stream stream, bool isSecret)
    {
        var isSignedIn = Account is null;
        var (from, to) = (new StreamReader(stream, leaveOpen: true), new StreamWriter(stream, leaveOpen: true) { AutoFlush = true, NewLine = "\r\n" });
        if (!isSecret)
            await to.WriteLineAsync("220 mail.example.test");
        while (await from.ReadLineAsync(ended.Token) is { } line)
        {
            if (!isSecret)
                InTheClear.AppendLine(line);
            var word = line.Split(' ')[0].ToUpperInvariant();
            if (Answers.Remove(word, out var said))
            {
                await to.WriteLineAsync(said);
                continue;
            }
            switch (word)
            {
                case "EHLO" when Account is not null && (certificate is null || isSecret):
                    await to.WriteLineAsync("250-mail.example.test");
                    await to.WriteLineAsync("250 AUTH PLAIN");
                    break;
                case "AUTH" when Account is not null:
                    isSignedIn = line == "AUTH PLAIN " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{Account.Replace(':', '\0')}"));
                    await to.WriteLineAsync(isSignedIn ? "235 welcome" : "535 no");
                    break;
                case "MAIL" or "RCPT" when !isSignedIn:
                    await to.WriteLineAsync("530 say who you are first");
                    break;
                case "EHLO" when certificate is not null && !isSecret:
                    await to.WriteLineAsync("250-mail.example.test");
                    await to.WriteLineAsync("250 STARTTLS");
                    break;
                case "STARTTLS" when certificate is not null:
                    await to.WriteLineAsync("220 go ahead");
                    await using (var encrypted = new SslStream(stream, leaveInnerStreamOpen: true))
                    {
                        await encrypted.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, ended.Token);
                        await TalkAsync(encrypted, isSecret: true);
                    }
                    return;
                case "MAIL" or "RCPT" when certificate is not null && !isSecret:
                    await to.WriteLineAsync("530 say STARTTLS first");
                    break;
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
