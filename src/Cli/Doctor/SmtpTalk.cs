using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Holdfast.People.Letters;

namespace Holdfast.Cli.Doctor;

/// <summary>The first sentences of a conversation with a mail server, to see where it ends (RFC 5321, 3207, 4954). Its answers are told by number alone.</summary>
internal sealed class SmtpTalk(MailOptions mail) : IAsyncDisposable
{
    private const int LongestLine = 2000;

    private readonly TcpClient tcp = new();
    private Stream? stream;

    public async Task<SmtpEnd> RunAsync(string? letterTo, DateTimeOffset now, CancellationToken limit)
    {
        try
        {
            await tcp.ConnectAsync(mail.Host!, mail.Port, limit); // MailOptions.IsConfigured
            stream = tcp.GetStream();
            return await TalkAsync(letterTo, now, limit);
        }
        catch (OperationCanceledException)
        {
            return new SmtpEnd.Silent();
        }
        catch (AuthenticationException refused)
        {
            return new SmtpEnd.BadCertificate(refused.Message);
        }
        catch (Exception failed) when (failed is SocketException or IOException)
        {
            return new SmtpEnd.NotReached(failed.GetBaseException().Message);
        }
    }

    private async Task<SmtpEnd> TalkAsync(string? letterTo, DateTimeOffset now, CancellationToken limit)
    {
        if (await HearAsync(limit) is var (code, _) && code != 220)
            return new SmtpEnd.Refused("to talk", Number(code));
        var (_, offers) = await SayAsync("EHLO localhost", limit);
        if (mail.StartTls)
        {
            if (!offers.Contains("STARTTLS", StringComparison.OrdinalIgnoreCase) || (await SayAsync("STARTTLS", limit)).Code != 220)
                return new SmtpEnd.NoTls();
            var secured = new SslStream(stream!); // connected
            await secured.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = mail.Host }, limit);
            stream = secured;
            (_, offers) = await SayAsync("EHLO localhost", limit);
        }
        if (!string.IsNullOrEmpty(mail.User) && await SignInAsync(offers, limit) is var signed && signed != 235)
            return new SmtpEnd.NotSignedIn(Number(signed));
        if (letterTo is not null && await LetterAsync(letterTo, now, limit) is { } refused)
            return refused;
        await SayAsync("QUIT", limit);
        return new SmtpEnd.Good();
    }

    private async Task<int> SignInAsync(string offers, CancellationToken limit)
    {
        if (offers.Contains("PLAIN", StringComparison.OrdinalIgnoreCase))
            return (await SayAsync("AUTH PLAIN " + Base64($"\0{mail.User}\0{mail.Password}"), limit)).Code;
        var (code, _) = await SayAsync("AUTH LOGIN", limit);
        if (code == 334)
            (code, _) = await SayAsync(Base64(mail.User!), limit); // a user is set
        return code == 334 ? (await SayAsync(Base64(mail.Password ?? ""), limit)).Code : code;
    }

    private async Task<SmtpEnd?> LetterAsync(string to, DateTimeOffset now, CancellationToken limit)
    {
        var from = new System.Net.Mail.MailAddress(mail.From!); // MailOptions checked it
        foreach (var (step, line, good) in new[] { ("the sender", $"MAIL FROM:<{from.Address}>", 250), ("the recipient", $"RCPT TO:<{to}>", 250), ("the letter", "DATA", 354) })
        {
            if (await SayAsync(line, limit) is var (code, _) && code != good)
                return new SmtpEnd.Refused(step, Number(code));
        }
        var letter = string.Create(CultureInfo.InvariantCulture, $"From: {from}\r\nTo: {to}\r\nDate: {now:r}\r\nSubject: A test of holdfast doctor\r\nAuto-Submitted: auto-generated\r\n\r\nThis letter arrived, so Holdfast's mail works.\r\n.");
        return await SayAsync(letter, limit) is var (end, _) && end != 250 ? new SmtpEnd.Refused("the letter", Number(end)) : null;
    }

    private async Task<(int Code, string Text)> SayAsync(string line, CancellationToken limit)
    {
        await stream!.WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"), limit); // connected
        return await HearAsync(limit);
    }

    /// <summary>One answer, of one line or several.</summary>
    private async Task<(int Code, string Text)> HearAsync(CancellationToken limit)
    {
        var all = new StringBuilder();
        while (true)
        {
            var line = await LineAsync(limit);
            all.Append(line).Append('\n');
            if (line.Length < 4 || line[3] != '-')
                return (line.Length >= 3 && int.TryParse(line[..3], NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : 0, all.ToString());
        }
    }

    private async Task<string> LineAsync(CancellationToken limit)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (line.Length < LongestLine && await stream!.ReadAsync(one, limit) == 1) // connected
        {
            if (one[0] == '\n')
                return line.ToString().TrimEnd('\r');
            line.Append((char)one[0]);
        }
        throw new IOException("It hung up in the middle.");
    }

    private static string Number(int code) => code == 0 ? "no answer of a mail server" : code.ToString(CultureInfo.InvariantCulture);

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    public async ValueTask DisposeAsync()
    {
        if (stream is not null)
            await stream.DisposeAsync();
        tcp.Dispose();
    }
}

/// <summary>Where the conversation ended.</summary>
internal abstract record SmtpEnd
{
    private SmtpEnd() { }

    public sealed record Good : SmtpEnd;

    public sealed record NotReached(string Why) : SmtpEnd;

    /// <summary>It was connected and said nothing in time.</summary>
    public sealed record Silent : SmtpEnd;

    public sealed record NoTls : SmtpEnd;

    public sealed record BadCertificate(string Why) : SmtpEnd;

    public sealed record NotSignedIn(string Said) : SmtpEnd;

    public sealed record Refused(string Step, string Said) : SmtpEnd;
}
