using System.ComponentModel.DataAnnotations;

namespace Holdfast.Platform.Qr;

/// <summary>Signing in by QR code: <c>HOLDFAST_Platform__Qr__…</c>. TikTok documents none of these (§1.9).</summary>
internal sealed class QrOptions
{
    /// <summary>How long a QR code can be scanned, answered and its code taken.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    public TimeSpan ExpiresAfter { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The shortest time between two polls of one QR code; faster ones are told to slow down.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan PollEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>What <c>scan_qrcode_url</c> begins with. Default: this Platform's own page, which any phone's camera opens; TikTok's is <c>aweme://authorize</c>.</summary>
    public string? Link { get; set; }
}
