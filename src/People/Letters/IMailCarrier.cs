namespace Holdfast.People.Letters;

/// <summary>The edge of this process: where a letter leaves it.</summary>
internal interface IMailCarrier
{
    /// <param name="id">Names the letter, so that a mail program shows a repeated one once.</param>
    Task<SmtpOutcome> SendAsync(string id, string to, string subject, string body);
}
