namespace Holdfast.Domain.Trouble;

/// <summary>Studio has one address that TikTok sends people back to; opened under another name, the browser comes back to a place where it is not signed in.</summary>
public static class AddressRule
{
    public static bool IsElsewhere(TroubleFacts facts) =>
        facts.Browser.OpenedAt is { } opened && Origin(facts.TikTok.RedirectUri) is { } own && !string.Equals(opened.TrimEnd('/'), own, StringComparison.OrdinalIgnoreCase);

    /// <summary>Scheme, host and port; null when it is no address.</summary>
    public static string? Origin(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri.GetLeftPart(UriPartial.Authority) : null;
}
