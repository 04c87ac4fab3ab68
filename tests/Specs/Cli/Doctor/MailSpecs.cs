using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Holdfast.Cli.Doctor;

namespace Holdfast.Specs.Cli.Doctor;

/// <summary>What <c>doctor</c> finds out about a mail server by talking to it.</summary>
public sealed class MailSpecs
{
    [Fact]
    public async Task Without_a_mail_server_there_is_nothing_to_say_unless_a_letter_is_wanted()
    {
        Assert.Equal(CheckState.Ok, Assert.Single(await OfAsync([])).State);
        Assert.Equal(CheckState.Fail, Assert.Single(await OfAsync([], "maren@example.test")).State);
    }

    [Fact]
    public async Task Open_to_others_and_without_a_mail_server_letters_are_dropped_and_that_is_told()
    {
        var check = Assert.Single(await OfAsync([], isLocal: false));

        Assert.Equal(CheckState.Warn, check.State);
        Assert.Contains("letters are dropped", check.Says, StringComparison.Ordinal);
        Assert.Contains("HOLDFAST_Mail__Host", check.Next, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Port", "abc")]
    [InlineData("Port", "70000")]
    [InlineData("Port", "-7")]
    [InlineData("StartTls", "perhaps")]
    public async Task A_setting_that_cannot_be_what_it_is_for_is_named_without_what_stands_in_it(string name, string value)
    {
        var said = await SaysAsync([("Host", "127.0.0.1"), ("From", "a@example.test"), (name, value)]);

        Assert.Contains($"HOLDFAST_Mail__{name} ", said, StringComparison.Ordinal);
        Assert.DoesNotContain(value, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_that_would_send_codes_in_the_clear_are_refused_before_anybody_is_called() =>
        Assert.Contains("StartTls", await SaysAsync([("Host", "mail.example.test"), ("From", "a@example.test"), ("StartTls", "false")]), StringComparison.Ordinal);

    [Fact]
    public async Task A_server_that_is_not_there_is_told_from_one_that_does_not_answer()
    {
        Assert.Contains("is not reached", await SaysAsync([.. Local(Patient.Free())]), StringComparison.Ordinal);
        using var mute = new TcpListener(IPAddress.Loopback, 0);
        mute.Start();
        _ = mute.AcceptTcpClientAsync().ContinueWith(accepted => accepted.Result.Dispose(), TaskScheduler.Default);

        Assert.Contains("is not reached: It hung up", await SaysAsync([.. Local(((IPEndPoint)mute.LocalEndpoint).Port)]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_without_STARTTLS_is_refused()
    {
        await using var server = new MailServer();

        Assert.Contains("does not offer STARTTLS", await SaysAsync([.. Local(server.Port), ("StartTls", "true")]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_refused()
    {
        await using var server = new MailServer { OffersTls = true };

        Assert.Contains("certificate", await SaysAsync([.. Local(server.Port), ("StartTls", "true")]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task User_and_password_are_tried_and_a_wrong_one_is_told()
    {
        await using var server = new MailServer();

        Assert.Equal(CheckState.Ok, Assert.Single(await OfAsync([.. Local(server.Port), ("User", "holdfast"), ("Password", "right")])).State);
        Assert.Contains("does not accept user and password (535)", await SaysAsync([.. Local(server.Port), ("User", "holdfast"), ("Password", "wrong")]), StringComparison.Ordinal);
        Assert.Empty(server.Letters);
    }

    [Fact]
    public async Task A_test_letter_goes_out_only_when_it_is_wanted()
    {
        await using var server = new MailServer();

        var check = Assert.Single(await OfAsync([.. Local(server.Port)], "maren@example.test"));

        Assert.Equal(CheckState.Ok, check.State);
        Assert.Contains("it took a test letter to maren@example.test", check.Says, StringComparison.Ordinal);
        Assert.Contains("Subject: A test of holdfast doctor", Assert.Single(server.Letters), StringComparison.Ordinal);
        Assert.Contains("refused the recipient (550)", await SaysAsync([.. Local(server.Port)], "nobody@example.test"), StringComparison.Ordinal);
    }

    private static IEnumerable<(string, string?)> Local(int port) => [("Host", "127.0.0.1"), ("Port", $"{port}"), ("From", "Holdfast <holdfast@example.test>"), ("StartTls", "false")];

    private static async Task<string> SaysAsync(IReadOnlyList<(string Name, string? Value)> settings, string? sendTest = null)
    {
        var check = Assert.Single(await OfAsync(settings, sendTest));
        Assert.Equal(CheckState.Fail, check.State);
        Assert.NotEmpty(check.Next);
        return check.Says;
    }

    private static Task<IReadOnlyList<Check>> OfAsync(IReadOnlyList<(string Name, string? Value)> settings, string? sendTest = null, bool isLocal = true)
    {
        // The last word counts.
        var all = settings.GroupBy(setting => setting.Name).ToDictionary(group => "Mail:" + group.Key, group => group.Last().Value);
        return MailChecks.OfAsync(new ConfigurationBuilder().AddInMemoryCollection(all).Build(), isLocal, sendTest, TestClock.System, CancellationToken.None);
    }

    /// <summary>A mail server that knows one password and one mailbox it does not have.</summary>
    private sealed class MailServer : IAsyncDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly Task serving;

        public MailServer()
        {
            listener.Start();
            serving = ServeAsync();
        }

        public bool OffersTls { get; init; }

        public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

        public List<string> Letters { get; } = [];

        public async ValueTask DisposeAsync()
        {
            listener.Stop();
            await serving;
        }

        private async Task ServeAsync()
        {
            while (true)
            {
                try
                {
                    using var client = await listener.AcceptTcpClientAsync();
                    await TalkAsync(client.GetStream());
                }
                catch (Exception over) when (over is IOException or System.Security.Authentication.AuthenticationException)
                {
                    // the caller left in the middle, which is what some of these specs are about
                }
                catch (Exception stopped) when (stopped is SocketException or InvalidOperationException)
                {
                    return;
                }
            }
        }

        private async Task TalkAsync(Stream stream)
        {
            using var reader = new StreamReader(stream, Encoding.ASCII, false, 1, leaveOpen: true);
            await SayAsync("220 here");
            while (await reader.ReadLineAsync() is { } line)
            {
                switch (line.Split(' ')[0])
                {
                    case "EHLO":
                        await SayAsync(OffersTls ? "250-here\r\n250 STARTTLS" : "250-here\r\n250 AUTH PLAIN LOGIN");
                        break;
                    case "STARTTLS":
                        await SayAsync("220 go on");
                        using (var key = ECDsa.Create())
                        using (var certificate = new CertificateRequest("CN=elsewhere.example.test", key, HashAlgorithmName.SHA256).CreateSelfSigned(TestClock.System.GetUtcNow().AddDays(-1), TestClock.System.GetUtcNow().AddDays(1)))
                        await using (var secured = new SslStream(stream, leaveInnerStreamOpen: true))
                            await secured.AuthenticateAsServerAsync(certificate);
                        return;
                    case "AUTH":
                        await SayAsync(Encoding.UTF8.GetString(Convert.FromBase64String(line.Split(' ')[^1])) == "\0holdfast\0right" ? "235 welcome" : "535 no");
                        break;
                    case "RCPT":
                        await SayAsync(line.Contains("nobody", StringComparison.Ordinal) ? "550 who?" : "250 ok");
                        break;
                    case "DATA":
                        await SayAsync("354 go on");
                        var letter = new StringBuilder();
                        while (await reader.ReadLineAsync() is { } words && words != ".")
                            letter.Append(words).Append('\n');
                        Letters.Add(letter.ToString());
                        await SayAsync("250 taken");
                        break;
                    case "QUIT":
                        await SayAsync("221 bye");
                        return;
                    default:
                        await SayAsync("250 ok");
                        break;
                }
            }

            async Task SayAsync(string line) => await stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"));
        }
    }
}
