using System.Net.Security;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Holdfast.People.Letters;

/// <summary>Hands one letter to the mail server, after STARTTLS.</summary>
internal sealed class Smtp(IOptions<MailOptions> mail, TimeProvider clock) : IMailCarrier
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>Which certificates are good: those this machine trusts, and none of the library's own list.</summary>
    internal RemoteCertificateValidationCallback Trusts { get; init; } = (_, _, _, errors) => errors is SslPolicyErrors.None;

    public async Task<SmtpOutcome> SendAsync(string id, string to, string subject, string body)
    {
        var settings = mail.Value;
        using var limit = new CancellationTokenSource(Deadline, clock);
        // Whether a certificate was withdrawn is not asked: the question leaves this machine for a third party, and many firewalls swallow it.
        using var client = new SmtpClient { ServerCertificateValidationCallback = Trusts, CheckCertificateRevocation = false };
        try
        {
            using var letter = Write(settings, id, to, subject, body);
            await client.ConnectAsync(settings.Host!, settings.Port, settings.StartTls ? SecureSocketOptions.StartTls : SecureSocketOptions.None, limit.Token); // SendLetters asks only where there is one
            if (!string.IsNullOrEmpty(settings.User))
                await client.AuthenticateAsync(settings.User, settings.Password ?? "", limit.Token);
            await client.SendAsync(letter, limit.Token);
        }
        catch (SmtpCommandException refused) when (refused is { ErrorCode: SmtpErrorCode.RecipientNotAccepted, StatusCode: >= SmtpStatusCode.CommandUnrecognized })
        {
            return new SmtpOutcome.Refused($"{(int)refused.StatusCode}");
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return new SmtpOutcome.Unknown("no answer in time");
        }
        catch (Exception failed) when (Said(failed, client, settings) is { } said)
        {
            return new SmtpOutcome.Unknown(said);
        }
        await GoodbyeAsync(client, limit.Token);
        return new SmtpOutcome.Taken();
    }

    private MimeMessage Write(MailOptions settings, string id, string to, string subject, string body)
    {
        var from = new System.Net.Mail.MailAddress(settings.From!); // MailOptions checked it
        var letter = new MimeMessage
        {
            MessageId = $"{id}@{from.Host}",
            Date = clock.GetUtcNow(),
            Subject = Letter.OneLine(subject),
            Body = new TextPart("plain") { Text = body },
        };
        letter.From.Add(new MailboxAddress(from.DisplayName, from.Address));
        letter.To.Add(new MailboxAddress("", new System.Net.Mail.MailAddress(to).Address));
        letter.Headers.Add("Auto-Submitted", "auto-generated");
        return letter;
    }

    // A number or a kind of failure: the server's own words may repeat the letter.
    private static string? Said(Exception failed, SmtpClient client, MailOptions settings) => failed switch
    {
        SmtpCommandException answer => $"{(int)answer.StatusCode}",
        ServiceNotAuthenticatedException => $"{(int)SmtpStatusCode.AuthenticationRequired}",
        AuthenticationException => "user or password",
        NotSupportedException when !client.IsConnected => "no STARTTLS",
        NotSupportedException when !client.IsAuthenticated && !string.IsNullOrEmpty(settings.User) => "no way to sign in",
        SslHandshakeException or SocketException or IOException or ProtocolException => failed.GetBaseException().GetType().Name,
        _ => null,
    };

    // It has the letter, and whether it answers to this changes nothing.
    private static async Task GoodbyeAsync(SmtpClient client, CancellationToken limit)
    {
        try
        {
            await client.DisconnectAsync(quit: true, limit);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException or SocketException or ProtocolException)
        {
        }
    }
}

/// <summary>What a mail server said to a letter.</summary>
internal abstract record SmtpOutcome
{
    private SmtpOutcome() { }

    public sealed record Taken : SmtpOutcome;

    /// <summary>It does not know the recipient: trying again changes nothing.</summary>
    public sealed record Refused(string Reason) : SmtpOutcome;

    /// <summary>Not taken: no answer, or one that may be another when its settings or ours are put right.</summary>
    public sealed record Unknown(string Reason) : SmtpOutcome;
}
