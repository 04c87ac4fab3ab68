namespace Holdfast.TikTok.OAuth;

/// <summary>A sign-in that waits to be scanned (tiktok-v2 §1.9).</summary>
/// <param name="Link">What to draw as a QR code: TikTok's link with the client ticket in its place.</param>
/// <param name="ClientTicket">The client's own mark; <see cref="QrAuthorization.CheckQrCodeAsync"/> believes no answer that carries another.</param>
/// <param name="Token">To ask with.</param>
public sealed record QrCode(string Link, string ClientTicket, QrToken Token)
{
    private const string TicketPlace = "client_ticket=tobefilled";

    /// <summary>Six letters to show beside the code: a Holdfast Platform shows the same ones on the phone. Null at TikTok, which has none.</summary>
    public string? CompareText =>
        QueryString.Parse(Link.Contains('?', StringComparison.Ordinal) ? Link[Link.IndexOf('?', StringComparison.Ordinal)..] : "").FirstOrDefault(pair => pair.Name == "q").Value is { Length: > 7 } id && id[^7] == '.'
            ? id[^6..].Insert(3, " ")
            : null;

    /// <summary>Whether a ticket is URL-safe as it is and short enough (under 512 characters).</summary>
    /// <param name="ticket">The client's own mark.</param>
    public static bool IsTicket(string? ticket) =>
        ticket is { Length: > 0 and < 512 } && ticket.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~');

    internal static string? Fill(string link, string ticket) =>
        link.Contains(TicketPlace, StringComparison.Ordinal) ? link.Replace(TicketPlace, "client_ticket=" + ticket, StringComparison.Ordinal) : null;
}
