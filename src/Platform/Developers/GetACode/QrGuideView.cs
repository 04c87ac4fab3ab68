using System.Text;
using Holdfast.Platform.Qr;
using QRCoder;

namespace Holdfast.Platform.Developers.GetACode;

/// <summary>What the QR guide's page shows.</summary>
public sealed record QrGuideView
{
    /// <summary>Apps to choose from: the visitor's own, and the demo app where there is one.</summary>
    public required IReadOnlyList<OwnedApp> Apps { get; init; }

    public required string Origin { get; init; }
    public required OwnedApp App { get; init; }

    /// <summary>The demo app's secret, which is public; <c>null</c> for the visitor's own, whose secret is not stored.</summary>
    public string? Secret { get; init; }

    /// <summary><c>null</c> before one was made.</summary>
    public QrGuide? Code { get; init; }

    public QrRequest? Request { get; init; }

    /// <summary>One of TikTok's five words; empty before there is a code.</summary>
    public string Status { get; init; } = "";

    /// <summary>What the last poll from this page was answered with.</summary>
    public (int Status, string Json)? Answer { get; init; }

    /// <summary>The picture, as a data address.</summary>
    public string Picture
    {
        get
        {
            using var generator = new QRCodeGenerator();
            using var data = generator.CreateQrCode(Code?.Link ?? "", QRCodeGenerator.ECCLevel.M);
            using var svg = new SvgQRCode(data);
            return "data:image/svg+xml;base64," + Convert.ToBase64String(Encoding.UTF8.GetBytes(svg.GetGraphic(6)));
        }
    }
}
