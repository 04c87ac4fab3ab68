namespace Holdfast.TikTok.OAuth;

/// <summary>What came back when a QR code was asked for (tiktok-v2 §1.9).</summary>
public abstract record QrCodeOutcome
{
    private QrCodeOutcome() { }

    /// <summary>A code to draw; it can be scanned for some minutes.</summary>
    /// <param name="Code">Link, ticket and token.</param>
    public sealed record Made(QrCode Code) : QrCodeOutcome;

    /// <summary>Key or scopes are wrong.</summary>
    /// <param name="Error">For example <c>invalid_scope</c>.</param>
    public sealed record AppProblem(OAuthError Error) : QrCodeOutcome;

    /// <summary>No answer that can be trusted; asking again is harmless.</summary>
    /// <param name="Answer">What is known.</param>
    public sealed record Unknown(UnknownAnswer Answer) : QrCodeOutcome;
}
