using System.Net;
using System.Net.Mail;
using System.Text;
using Microsoft.Extensions.Options;

namespace Holdfast.People.Letters;

/// <summary>Hands one letter to the mail server, after STARTTLS.</summary>
internal sealed class Smtp(IOptions<MailOptions> mail, TimeProvider clock) : IMailCarrier
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    public async Task<SmtpOutcome> SendAsync(string id, string to, string subject, string body)
    {
        var settings = mail.Value;
        var from = new MailAddress(settings.From!); // MailOptions checked it
        using var message = new MailMessage(from, new MailAddress(to)) { Subject = subject, Body = body, SubjectEncoding = Encoding.UTF8, BodyEncoding = Encoding.UTF8 };
        message.Headers.Add("Message-ID", $"<{id}@{from.Host}>");
        message.Headers.Add("Auto-Submitted", "auto-generated");
        using var client = new SmtpClient(settings.Host, settings.Port) { EnableSsl = settings.StartTls };
        if (!string.IsNullOrEmpty(settings.User))
            client.Credentials = new NetworkCredential(settings.User, settings.Password);

        using var limit = new CancellationTokenSource(Deadline, clock);
        try
        {
            await client.SendMailAsync(message, limit.Token);
            return new SmtpOutcome.Taken();
        }
        catch (SmtpException refused) when (refused.StatusCode is SmtpStatusCode.MailboxUnavailable or SmtpStatusCode.MailboxNameNotAllowed or SmtpStatusCode.UserNotLocalTryAlternatePath)
        {
            return new SmtpOutcome.Refused($"{(int)refused.StatusCode}");
        }
        catch (SmtpException failed)
        {
            // The server's own words may repeat the letter.
            return new SmtpOutcome.Unknown(failed.StatusCode is SmtpStatusCode.GeneralFailure ? failed.InnerException?.GetType().Name ?? "no connection" : $"{(int)failed.StatusCode}");
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return new SmtpOutcome.Unknown("no answer in time");
        }
    }
}

/// <summary>What a mail server said to a letter.</summary>
internal abstract record SmtpOutcome
{
    private SmtpOutcome() { }

    public sealed record Taken : SmtpOutcome;

    /// <summary>This mailbox is not there: trying again changes nothing.</summary>
    public sealed record Refused(string Reason) : SmtpOutcome;

    public sealed record Unknown(string Reason) : SmtpOutcome;
}
