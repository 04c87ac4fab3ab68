namespace Holdfast.Platform.Authorize;

/// <summary>Whether a redirect URI is a registered one (§1.2): compared as text, never after any normalisation.</summary>
internal static class RedirectMatch
{
    private const string AnyPort = ":*/";

    /// <summary>The platform whose list holds <paramref name="asked"/>; <c>null</c> when none does.</summary>
    public static RedirectPlatform? Find(IEnumerable<RegisteredRedirect> registered, string asked)
    {
        // Web first: where both lists hold an address, the one that asks for less decides, as the developer registered it.
        foreach (var redirect in registered.OrderBy(redirect => redirect.Platform))
        {
            if (redirect.Platform is RedirectPlatform.Desktop && redirect.Uri.Contains(AnyPort, StringComparison.Ordinal) ? MatchesAnyPort(redirect.Uri, asked) : redirect.Uri == asked)
                return redirect.Platform;
        }
        return null;
    }

    // "http://127.0.0.1:*/cb": everything up to the colon and from the slash on must be equal, a port alone between.
    private static bool MatchesAnyPort(string registered, string asked)
    {
        var star = registered.IndexOf(AnyPort, StringComparison.Ordinal);
        var (head, tail) = (registered[..(star + 1)], registered[(star + 2)..]);
        return asked.Length > head.Length + tail.Length
            && asked.StartsWith(head, StringComparison.Ordinal)
            && asked.EndsWith(tail, StringComparison.Ordinal)
            && IsPort(asked.AsSpan(head.Length, asked.Length - head.Length - tail.Length));
    }

    private static bool IsPort(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= 5 && text[0] != '0' && text.IndexOfAnyExceptInRange('0', '9') < 0 && int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) <= 65_535;
}

/// <summary>One line of an app's redirect list.</summary>
public sealed record RegisteredRedirect
{
    public RedirectPlatform Platform { get; init; }
    public string Uri { get; init; } = "";
}
