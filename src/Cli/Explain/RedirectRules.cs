using Holdfast.TikTok.OAuth;

namespace Holdfast.Cli.Explain;

/// <summary>What TikTok takes as a redirect URI (tiktok-v2 §1.2), in words.</summary>
internal static class RedirectRules
{
    public static IEnumerable<Finding> Check(string? redirect) => RedirectUriRule.Check(redirect).Select(problem => Say(problem, redirect ?? ""));

    private static Finding Say(RedirectUriProblem problem, string redirect) => problem switch
    {
        RedirectUriProblem.Missing => new(Weight.Wrong, "redirect_uri is missing; TikTok wants it even when only one is registered.", "Add it exactly as registered."),
        RedirectUriProblem.EncodedTwice => new(Weight.Wrong, "redirect_uri is encoded twice.", $"Encode it once: {Uri.EscapeDataString(Uri.UnescapeDataString(redirect))}"),
        RedirectUriProblem.Wildcard => new(Weight.Wrong, "The * belongs to the registration; the request names the real port.", "Write the port you listen on."),
        RedirectUriProblem.NotAbsolute => new(Weight.Wrong, "redirect_uri is not an absolute address.", "Write it with scheme and host, exactly as registered."),
        RedirectUriProblem.Fragment => new(Weight.Wrong, "redirect_uri has a fragment; TikTok forbids that.", "Leave out everything from the #."),
        RedirectUriProblem.Query => new(Weight.Wrong, "redirect_uri has a query; TikTok forbids that.", "Put what you need to remember behind state."),
        RedirectUriProblem.TooLong => new(Weight.Wrong, "redirect_uri has 512 characters or more.", "Shorten it."),
        RedirectUriProblem.IPv6Loopback => new(Weight.Wrong, "[::1] is in no rule of TikTok's.", "Use 127.0.0.1 or localhost, as registered."),
        RedirectUriProblem.LoopbackWithoutPort => new(Weight.Wrong, "A loopback address needs a port.", "Register it under Desktop with a port, or with * for any."),
        RedirectUriProblem.DesktopOnly => new(Weight.Note, $"{new Uri(redirect).Host} can only be registered under Desktop, which makes PKCE mandatory. localhost and 127.0.0.1 are two different addresses to TikTok."),
        RedirectUriProblem.PlainHttp => new(Weight.Wrong, "Plain http is allowed for localhost and 127.0.0.1 only.", "Use https."),
        RedirectUriProblem.OtherScheme => new(Weight.Wrong, $"{new Uri(redirect).Scheme}:// cannot be registered.", "Use an https address the app owns."),
        RedirectUriProblem.NoSlashAtEnd => new(Weight.Note, "It has no slash at the end. TikTok compares character by character, so look whether the registered one has."),
        RedirectUriProblem.NoPath => new(Weight.Risk, "It has no path; such an address was refused at registration.", "Give the callback a path of its own, such as /callback/."),
        _ => throw new System.Diagnostics.UnreachableException($"No words for {problem}."),
    };
}
