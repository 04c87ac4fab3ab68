namespace Holdfast.Cli.Explain;

/// <summary>What TikTok takes as a redirect URI (tiktok-v2 §1.2).</summary>
internal static class RedirectRules
{
    public static IEnumerable<Finding> Check(string? redirect)
    {
        if (redirect is null)
        {
            yield return new(Weight.Wrong, "redirect_uri is missing; TikTok wants it even when only one is registered.", "Add it exactly as registered.");
            yield break;
        }

        if (redirect.Contains("%3A", StringComparison.OrdinalIgnoreCase) || redirect.Contains("%2F", StringComparison.OrdinalIgnoreCase))
        {
            yield return new(Weight.Wrong, "redirect_uri is encoded twice.", $"Encode it once: {Uri.EscapeDataString(Uri.UnescapeDataString(redirect))}");
            yield break;
        }

        if (redirect.Contains('*', StringComparison.Ordinal))
        {
            yield return new(Weight.Wrong, "The * belongs to the registration; the request names the real port.", "Write the port you listen on.");
            yield break;
        }

        if (!Uri.TryCreate(redirect, UriKind.Absolute, out var uri) || !redirect.Contains("://", StringComparison.Ordinal))
        {
            yield return new(Weight.Wrong, "redirect_uri is not an absolute address.", "Write it with scheme and host, exactly as registered.");
            yield break;
        }

        foreach (var finding in Check(redirect, uri))
            yield return finding;
    }

    private static IEnumerable<Finding> Check(string redirect, Uri uri)
    {
        if (redirect.Contains('#', StringComparison.Ordinal))
            yield return new(Weight.Wrong, "redirect_uri has a fragment; TikTok forbids that.", "Leave out everything from the #.");
        if (redirect.Contains('?', StringComparison.Ordinal))
            yield return new(Weight.Wrong, "redirect_uri has a query; TikTok forbids that.", "Put what you need to remember behind state.");
        if (redirect.Length >= 512)
            yield return new(Weight.Wrong, "redirect_uri has 512 characters or more.", "Shorten it.");

        var hasPort = uri.Authority.Contains(':', StringComparison.Ordinal) || redirect.Contains($"{uri.Host}:", StringComparison.OrdinalIgnoreCase);
        if (uri.Host is "[::1]")
        {
            yield return new(Weight.Wrong, "[::1] is in no rule of TikTok's.", "Use 127.0.0.1 or localhost, as registered.");
        }
        else if (uri.IsLoopback)
        {
            if (!hasPort)
                yield return new(Weight.Wrong, "A loopback address needs a port.", "Register it under Desktop with a port, or with * for any.");
            yield return new(Weight.Note, $"{uri.Host} can only be registered under Desktop, which makes PKCE mandatory. localhost and 127.0.0.1 are two different addresses to TikTok.");
        }
        else if (uri.Scheme == Uri.UriSchemeHttp)
        {
            yield return new(Weight.Wrong, "Plain http is allowed for localhost and 127.0.0.1 only.", "Use https.");
        }
        else if (uri.Scheme != Uri.UriSchemeHttps)
        {
            yield return new(Weight.Wrong, $"{uri.Scheme}:// cannot be registered.", "Use an https address the app owns.");
        }

        if (uri.AbsolutePath.Length > 1 && !uri.AbsolutePath.EndsWith('/'))
            yield return new(Weight.Note, "It has no slash at the end. TikTok compares character by character, so look whether the registered one has.");
        else if (uri.AbsolutePath == "/")
            yield return new(Weight.Risk, "It has no path; such an address was refused at registration.", "Give the callback a path of its own, such as /callback/.");
    }
}
