namespace Holdfast.TikTok.OAuth;

/// <summary>Where a QR code stands (tiktok-v2 §1.9).</summary>
public abstract record QrStatusOutcome
{
    private QrStatusOutcome() { }

    /// <summary>Nobody has scanned it, or somebody has and has not decided yet. Ask again in some seconds.</summary>
    /// <param name="IsScanned">Somebody looks at it on a phone.</param>
    public sealed record Waiting(bool IsScanned) : QrStatusOutcome;

    /// <summary>The person agreed. The code comes once: exchange it now.</summary>
    /// <param name="Code">For <see cref="TokenEndpoint.ExchangeAsync"/>, without a verifier.</param>
    /// <param name="RedirectUri">What to send there as redirect URI; null when TikTok gave the bare code, then the app's first registered one.</param>
    /// <param name="State">The echo, or null.</param>
    public sealed record Confirmed(AuthorizationCode Code, string? RedirectUri, string? State) : QrStatusOutcome;

    /// <summary>Too old, or the person said no: make a new one.</summary>
    public sealed record Expired : QrStatusOutcome;

    /// <summary>Its code was handed out already. If that answer never arrived, make a new one.</summary>
    public sealed record Utilised : QrStatusOutcome;

    /// <summary>The answer carries another ticket than the one in the code: it belongs to another scan. Stop, and exchange nothing.</summary>
    public sealed record Forged : QrStatusOutcome;

    /// <summary>Key, secret or token are wrong.</summary>
    /// <param name="Error">For example <c>invalid_client</c>.</param>
    public sealed record AppProblem(OAuthError Error) : QrStatusOutcome;

    /// <summary>No answer that can be trusted, or asked too fast. Ask again later; if a code was in it, it is lost.</summary>
    /// <param name="Answer">What is known.</param>
    public sealed record Unknown(UnknownAnswer Answer) : QrStatusOutcome;
}
