using System.ComponentModel.DataAnnotations;
using Holdfast.TikTok;

namespace Holdfast.Studio.Accounts.Connect;

/// <summary>Connecting accounts: <c>HOLDFAST_Studio__Connect__…</c>.</summary>
internal sealed class ConnectOptions
{
    /// <summary>Offer TikTok's QR code beside its window.</summary>
    public QrOffer Qr { get; set; }

    /// <summary>A path of the consent page's host that any site may load: the waiting page asks for it to learn whether this browser reaches TikTok at all.</summary>
    [RegularExpression("^/[A-Za-z0-9._~/-]*$")]
    public string? Probe { get; set; }

    /// <summary>How long a link for a person without a seat holds when nobody chooses.</summary>
    [Range(1, 90)]
    public int LinkDays { get; set; } = 7;

    public bool OffersQr(TikTokEndpoints endpoints) => Qr is QrOffer.On || (Qr is QrOffer.Auto && !endpoints.IsTikTok);

    /// <summary>TikTok's embed script is made to be loaded from everywhere; our Platform lets everybody ask whether it lives.</summary>
    public Uri ProbeOf(TikTokEndpoints endpoints) => new(endpoints.Authorize, Probe ?? (endpoints.IsTikTok ? "/embed.js" : "/health/live"));
}

/// <summary>Whether the QR code is offered.</summary>
internal enum QrOffer
{
    /// <summary>By a Holdfast Platform; not by TikTok, which documents neither how long a code lives nor how often to ask, and lets only some apps use it.</summary>
    Auto,
    On,
    Off,
}
