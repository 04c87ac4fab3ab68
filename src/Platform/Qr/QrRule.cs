using Holdfast.Platform.Authorize;
using Holdfast.Platform.Tokens;

namespace Holdfast.Platform.Qr;

/// <summary>What a QR code may be made for, and where one stands (§1.9).</summary>
internal static class QrRule
{
    /// <summary>A ticket is URL-safe and shorter than this once encoded.</summary>
    private const int TicketLengthExclusive = 512;
    private const int LongestState = 4_096;

    public static OAuthError? ProblemWith(AskingApp app, IReadOnlyList<string> scopes, string? state) =>
        state?.Length > LongestState ? OAuthError.Malformed
        : scopes.Count == 0 || scopes.Any(scope => !KnownScopes.All.Contains(scope) || !app.Scopes.Contains(scope)) ? OAuthError.WrongScope
        : RedirectUri(app) is null ? OAuthError.NoRedirect
        : null;

    /// <summary>The URI the code is bound to: the app's first, Web before Desktop and a fixed port before any port. Nothing is ever opened there, so any port will do for a star.</summary>
    public static string? RedirectUri(AskingApp app) => app.Redirects
        .OrderBy(redirect => redirect.Platform).ThenBy(redirect => redirect.Uri.Contains(":*/", StringComparison.Ordinal)).ThenBy(redirect => redirect.Uri, StringComparer.Ordinal)
        .Select(redirect => redirect.Uri.Replace(":*/", ":65535/", StringComparison.Ordinal)).FirstOrDefault();

    public static bool IsTicket(string? ticket) =>
        ticket is { Length: > 0 and < TicketLengthExclusive } && ticket.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~');

    public static QrState StateOf(QrRequest request, DateTimeOffset now) => request switch
    {
        { UtilisedAt: not null } => QrState.Utilised,
        _ when request.ExpiresAt <= now => QrState.Expired,
        // TikTok has no word for a refusal; what it asks of the client is the same: begin anew.
        { AnsweredAt: not null, Granted: null } => QrState.Expired,
        { AnsweredAt: not null } => QrState.Confirmed,
        { PersonId: not null } => QrState.Scanned,
        _ => QrState.New,
    };
}

/// <summary>TikTok's five words, in lower case on the wire.</summary>
internal enum QrState { New, Scanned, Confirmed, Expired, Utilised }
