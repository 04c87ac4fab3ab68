using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net.Mail;
using Holdfast.People.Letters;

namespace Holdfast.Cli.Doctor;

/// <summary>The mail server: connect, STARTTLS, sign in, and if wanted a letter.</summary>
internal static class MailChecks
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <param name="isLocal">Nobody but this machine reaches the apps: only then do they keep letters that no mail server takes.</param>
    public static async Task<IReadOnlyList<Check>> OfAsync(IConfiguration configuration, bool isLocal, string? sendTest, TimeProvider clock, CancellationToken stopping)
    {
        if (Misread(configuration.GetSection("Mail")) is { } misread)
            return [Check.Fail("mail", misread, "Correct it, or leave it away.")];
        var mail = configuration.GetSection("Mail").Get<MailOptions>() ?? new MailOptions();
        if (!mail.IsConfigured)
            return [Without(isLocal, sendTest)];
        if (mail.Validate(new ValidationContext(mail)).FirstOrDefault() is { } wrong)
            return [Check.Fail("mail", wrong.ErrorMessage ?? "The mail settings cannot be used.", "Correct the HOLDFAST_Mail__ settings.")];
        if (sendTest is not null && !MailAddress.TryCreate(sendTest, out _))
            return [Check.Fail("mail", $"--send-test takes an e-mail address, not \"{sendTest}\".", "Give one address.")];

        using var limit = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        await using var talk = new SmtpTalk(mail);
        var said = await talk.RunAsync(sendTest, clock.GetUtcNow(), either.Token);
        stopping.ThrowIfCancellationRequested();
        return [Say(said, mail, sendTest)];
    }

    private static Check Without(bool isLocal, string? sendTest) =>
        sendTest is not null ? Check.Fail("mail", "No mail server is configured, so no letter can be sent.", "Set HOLDFAST_Mail__Host and HOLDFAST_Mail__From.")
        : isLocal ? Check.Ok("mail", "No mail server is configured: letters stay in the outbox of this machine.")
        : Check.Warn("mail", "No mail server is configured and Holdfast is open to others, so letters are dropped: codes, new passwords and notices reach nobody.",
            "Set HOLDFAST_Mail__Host and HOLDFAST_Mail__From, and where the server wants them HOLDFAST_Mail__Port, HOLDFAST_Mail__User and HOLDFAST_Mail__Password.");

    /// <summary>A setting that cannot be what it is for, by its name alone: what stands in it may belong elsewhere.</summary>
    private static string? Misread(IConfigurationSection mail) =>
        mail["Port"] is { } port && !(int.TryParse(port, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 65535)
            ? "HOLDFAST_Mail__Port holds no port: that is a number from 1 to 65535, usually 587."
        : mail["StartTls"] is { } startTls && !bool.TryParse(startTls, out _) ? "HOLDFAST_Mail__StartTls takes true or false."
        : null;

    private static Check Say(SmtpEnd end, MailOptions mail, string? sendTest)
    {
        var server = $"{mail.Host}:{mail.Port}";
        return end switch
        {
            SmtpEnd.Good => Check.Ok("mail", $"{server} answers{(mail.StartTls ? ", speaks TLS" : "")}{(string.IsNullOrEmpty(mail.User) ? "" : " and accepts user and password")}{(sendTest is null ? "" : $"; it took a test letter to {sendTest}")}."),
            SmtpEnd.NotReached(var why) => Check.Fail("mail", $"{server} is not reached: {why}", "Look at HOLDFAST_Mail__Host and HOLDFAST_Mail__Port, and at the firewall: many networks close port 25, use 587."),
            SmtpEnd.NoTls => Check.Fail("mail", $"{server} does not offer STARTTLS.", "Use the port on which it does (usually 587); letters hold codes and do not go out in the clear."),
            SmtpEnd.BadCertificate(var why) => Check.Fail("mail", $"The certificate of {server} is not accepted: {why}", "Use the host name the certificate is for, or give the mail server a valid one."),
            SmtpEnd.NotSignedIn(var said) => Check.Fail("mail", $"{server} does not accept user and password ({said}).", "Correct HOLDFAST_Mail__User and HOLDFAST_Mail__Password; some services want an app password."),
            SmtpEnd.Refused(var step, var said) => Check.Fail("mail", $"{server} refused {step} ({said}).", "Look at HOLDFAST_Mail__From: most servers send only for addresses of their own."),
            SmtpEnd.Silent => Check.Fail("mail", $"{server} did not answer in time.", "Look at the port: 465 expects TLS from the first byte, which Holdfast does not speak; 587 is the usual one."),
            _ => throw new System.Diagnostics.UnreachableException($"No words for {end}."),
        };
    }
}
