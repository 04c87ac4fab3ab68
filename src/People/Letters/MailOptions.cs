using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Net.Mail;

namespace Holdfast.People.Letters;

/// <summary>The mail server letters are handed to: <c>HOLDFAST_Mail__…</c>. Without <see cref="Host"/> they stay in the local outbox.</summary>
public sealed class MailOptions : IValidatableObject
{
    public string? Host { get; set; }

    [Range(1, 65535)]
    public int Port { get; set; } = 587;

    public string? User { get; set; }

    public string? Password { get; set; }

    /// <summary>The sender, for example <c>Holdfast &lt;no-reply@example.com&gt;</c>.</summary>
    public string? From { get; set; }

    /// <summary>Ask for TLS before anything is said. Only a mail server on this very machine may do without.</summary>
    public bool StartTls { get; set; } = true;

    public bool IsConfigured => !string.IsNullOrWhiteSpace(Host);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (IsConfigured && !MailAddress.TryCreate(From, out _))
            yield return new ValidationResult("HOLDFAST_Mail__From must be the address letters come from, for example no-reply@example.com.");
        if (IsConfigured && !StartTls && Host is not "localhost" && !(IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address)))
            yield return new ValidationResult("HOLDFAST_Mail__StartTls=false would send codes in the clear: it is allowed only for a mail server on this machine.");
    }
}
