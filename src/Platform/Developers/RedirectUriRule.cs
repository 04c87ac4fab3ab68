using System.Net;
using Holdfast.Platform.Authorize;

namespace Holdfast.Platform.Developers;

/// <summary>Which redirect URIs may be registered (§1.2). Every problem names its rule, so that the page can.</summary>
internal static class RedirectUriRule
{
    /// <summary>URIs a platform's list may hold.</summary>
    public const int Most = 10;

    private const int LongestExclusive = 512;

    public static RedirectUriProblem? ProblemWith(RedirectPlatform platform, string uri)
    {
        if (uri.Length >= LongestExclusive)
            return RedirectUriProblem.TooLong;
        if (uri.Any(c => c is <= ' ' or > '~' or '\\' or '"' or '<' or '>' or '\''))
            return RedirectUriProblem.Characters;
        if (uri.Contains('?', StringComparison.Ordinal))
            return RedirectUriProblem.Query;
        if (uri.Contains('#', StringComparison.Ordinal))
            return RedirectUriProblem.Fragment;

        var scheme = uri.Split("://", 2)[0];
        if (!uri.Contains("://", StringComparison.Ordinal) || (platform is RedirectPlatform.Desktop ? scheme is not ("http" or "https") : scheme is not "https"))
            return platform switch { RedirectPlatform.Web => RedirectUriProblem.WebScheme, RedirectPlatform.Desktop => RedirectUriProblem.DesktopScheme, _ => RedirectUriProblem.LinkScheme };

        var rest = uri[(scheme.Length + 3)..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
            return RedirectUriProblem.Path;
        var (authority, path) = (rest[..slash], rest[slash..]);
        if (authority.Contains('@', StringComparison.Ordinal))
            return RedirectUriProblem.UserInfo;
        // Compared as text later on, so an address that a browser would rewrite must not get in.
        if (path.Contains('*', StringComparison.Ordinal) || path.Contains("//", StringComparison.Ordinal) || path.Split('/').Any(part => part is "." or ".." || part.Contains('%', StringComparison.Ordinal)))
            return RedirectUriProblem.Path;
        return platform switch { RedirectPlatform.Web => Domain(authority, uri, RedirectUriProblem.WebHost), RedirectPlatform.Desktop => Desktop(authority), _ => Domain(authority, uri, RedirectUriProblem.LinkHost) };
    }

    // Universal links and app links hang on a domain as well, so mobile lists take what Web takes.
    private static RedirectUriProblem? Domain(string authority, string uri, RedirectUriProblem otherwise)
    {
        var host = authority.Split(':')[0];
        if (host is "localhost" || IPAddress.TryParse(host, out _) || host.StartsWith('[') || host.EndsWith('.') || !host.Contains('.', StringComparison.Ordinal))
            return otherwise;
        return !authority.Contains('*', StringComparison.Ordinal)
            && Uri.TryCreate(uri, UriKind.Absolute, out var parsed) && parsed.OriginalString == parsed.AbsoluteUri && Uri.CheckHostName(host) is UriHostNameType.Dns
            ? null
            : otherwise;
    }

    private static RedirectUriProblem? Desktop(string authority)
    {
        var parts = authority.Split(':');
        if (parts[0] is not ("localhost" or "127.0.0.1"))
            return RedirectUriProblem.DesktopHost;
        return parts.Length == 2 && (parts[1] == "*" || (ushort.TryParse(parts[1], out var port) && port > 0 && parts[1][0] is not ('0' or '+')))
            ? null
            : RedirectUriProblem.DesktopPort;
    }
}

/// <summary>Which rule of §1.2 a redirect URI breaks; the words stand in Texts.json under <c>developers.redirect.…</c>.</summary>
internal enum RedirectUriProblem { TooLong, Characters, Query, Fragment, WebScheme, DesktopScheme, LinkScheme, UserInfo, Path, WebHost, LinkHost, DesktopHost, DesktopPort }
