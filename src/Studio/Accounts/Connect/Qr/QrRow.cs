namespace Holdfast.Studio.Accounts.Connect.Qr;

/// <summary>The QR code of an attempt, as it was last drawn.</summary>
public sealed record QrRow
{
    public string AttemptId { get; init; } = "";

    /// <summary>What is drawn.</summary>
    public string Link { get; init; } = "";

    /// <summary>Our own mark in it: an answer that carries another belongs to another scan.</summary>
    public string Ticket { get; init; } = "";

    /// <summary>What to ask with, sealed.</summary>
    public byte[] Token { get; init; } = [];

    /// <summary>How many were drawn for this attempt.</summary>
    public long Codes { get; init; }
    public DateTimeOffset MadeAt { get; init; }

    /// <summary>Somebody has it on a phone and has not answered yet.</summary>
    public DateTimeOffset? ScannedAt { get; init; }

    /// <summary>The one before was refused on the phone, or lapsed after it was scanned.</summary>
    public bool WasRefused { get; init; }

    internal const string Columns = "attempt_id, link, ticket, token, codes, made_at, scanned_at, was_refused";

    /// <summary>Changes whenever the page shows something else.</summary>
    public string Stamp => $"{Codes}{(ScannedAt is null ? "" : "s")}";
}
