namespace Holdfast.Cli.Authorize;

/// <summary>What <c>holdfast authorize</c> was asked for.</summary>
internal sealed record AuthorizeSettings
{
    /// <summary>TikTok itself instead of a Platform.</summary>
    public bool TikTok { get; init; }

    public Uri PlatformUrl { get; init; } = new("http://localhost:7500");

    /// <summary>Another app than the demo app; its secret is asked for or comes from the environment.</summary>
    public string? ClientKey { get; init; }

    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>The registered URI, when it is not the default.</summary>
    public string? RedirectUri { get; init; }

    /// <summary>The port to listen on; null takes a free one.</summary>
    public int? Port { get; init; }

    public bool NoBrowser { get; init; }

    public bool Paste { get; init; }

    /// <summary>Show a QR code instead of a link, and wait for a phone.</summary>
    public bool Qr { get; init; }

    public bool CodeOnly { get; init; }

    public bool Json { get; init; }

    /// <summary>How long to wait for the person.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(10);
}
