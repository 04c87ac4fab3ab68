using System.Collections.Concurrent;
using Holdfast.People.Letters;

namespace Holdfast.Specs.Studio.Notices;

/// <summary>A mail server at the edge of the process that keeps what it takes.</summary>
internal sealed class KeptMail : IMailCarrier
{
    /// <summary>Stands in for "taken".</summary>
    public Func<string, SmtpOutcome?> Answer { get; set; } = _ => null;

    /// <summary>What it was given, taken or not.</summary>
    public ConcurrentQueue<Mail> Tried { get; } = [];

    public IReadOnlyList<Mail> Taken => [.. Tried.Where(mail => mail.IsTaken)];

    public Task<SmtpOutcome> SendAsync(string id, string to, string subject, string body)
    {
        var outcome = Answer(to) ?? new SmtpOutcome.Taken();
        Tried.Enqueue(new(id, to, subject, body, outcome is SmtpOutcome.Taken));
        return Task.FromResult(outcome);
    }

    internal sealed record Mail(string Id, string To, string Subject, string Body, bool IsTaken);
}
