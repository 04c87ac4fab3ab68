namespace Holdfast.Platform.Qr;

/// <summary>A QR code's row.</summary>
public sealed record QrRequest
{
    /// <summary>Stands in the QR code; its last six letters are there to be compared by eye.</summary>
    public string Id { get; init; } = "";
    public string AppId { get; init; } = "";
    public string ClientKey { get; init; } = "";
    public string RedirectUri { get; init; } = "";
    public string Scopes { get; init; } = "";
    public string? State { get; init; }

    /// <summary>Where the QR code was asked for from, and by what.</summary>
    public string Address { get; init; } = "";
    public string UserAgent { get; init; } = "";
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The client's own mark, as the first scan brought it.</summary>
    public string ClientTicket { get; init; } = "";
    public string? PersonId { get; init; }
    public string? SessionDigest { get; init; }

    /// <summary>What the person agreed to; <c>null</c> with an answer means no.</summary>
    public string? Granted { get; init; }
    public DateTimeOffset? AnsweredAt { get; init; }
    public DateTimeOffset? UtilisedAt { get; init; }

    /// <summary>What both screens show, so that a person can see that they belong together.</summary>
    public string CompareText => Id[^6..].Insert(3, " ");
}
