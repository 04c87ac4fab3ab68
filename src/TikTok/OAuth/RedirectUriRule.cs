namespace Holdfast.TikTok.OAuth;

/// <summary>What TikTok takes as a redirect URI (tiktok-v2 §1.2), judged without asking it. Whether it is registered, only TikTok knows.</summary>
public static class RedirectUriRule
{
    /// <summary>TikTok wants fewer characters than this.</summary>
    public const int TooLong = 512;

    /// <summary>Everything there is to say about the URI of an authorization request; a URI that is unfit in itself is judged no further.</summary>
    /// <param name="redirectUri">As it is sent, decoded; null when there is none.</param>
    public static IReadOnlyList<RedirectUriProblem> Check(string? redirectUri) =>
        redirectUri is null ? [RedirectUriProblem.Missing]
        : redirectUri.Contains("%3A", StringComparison.OrdinalIgnoreCase) || redirectUri.Contains("%2F", StringComparison.OrdinalIgnoreCase) ? [RedirectUriProblem.EncodedTwice]
        : redirectUri.Contains('*', StringComparison.Ordinal) ? [RedirectUriProblem.Wildcard]
        : !Uri.TryCreate(redirectUri, UriKind.Absolute, out var uri) || !redirectUri.Contains("://", StringComparison.Ordinal) ? [RedirectUriProblem.NotAbsolute]
        : [.. Check(redirectUri, uri)];

    /// <summary>No registration would take it; the others are hints about one that may be fine.</summary>
    /// <param name="problem">What was said about a URI.</param>
    public static bool IsFatal(RedirectUriProblem problem) => problem is not (RedirectUriProblem.DesktopOnly or RedirectUriProblem.NoSlashAtEnd or RedirectUriProblem.NoPath);

    private static IEnumerable<RedirectUriProblem> Check(string text, Uri uri)
    {
        if (text.Contains('#', StringComparison.Ordinal))
        {
            yield return RedirectUriProblem.Fragment;
        }

        if (text.Contains('?', StringComparison.Ordinal))
        {
            yield return RedirectUriProblem.Query;
        }

        if (text.Length >= TooLong)
        {
            yield return RedirectUriProblem.TooLong;
        }

        var hasPort = uri.Authority.Contains(':', StringComparison.Ordinal) || text.Contains($"{uri.Host}:", StringComparison.OrdinalIgnoreCase);
        if (uri.Host is "[::1]")
        {
            yield return RedirectUriProblem.IPv6Loopback;
        }
        else if (uri.IsLoopback)
        {
            if (!hasPort)
            {
                yield return RedirectUriProblem.LoopbackWithoutPort;
            }

            yield return RedirectUriProblem.DesktopOnly;
        }
        else if (uri.Scheme == Uri.UriSchemeHttp)
        {
            yield return RedirectUriProblem.PlainHttp;
        }
        else if (uri.Scheme != Uri.UriSchemeHttps)
        {
            yield return RedirectUriProblem.OtherScheme;
        }

        if (uri.AbsolutePath.Length > 1 && !uri.AbsolutePath.EndsWith('/'))
        {
            yield return RedirectUriProblem.NoSlashAtEnd;
        }
        else if (uri.AbsolutePath == "/")
        {
            yield return RedirectUriProblem.NoPath;
        }
    }
}

/// <summary>Something about a redirect URI that TikTok refuses, or that is easily got wrong.</summary>
public enum RedirectUriProblem
{
    /// <summary>There is none; TikTok wants it even when only one is registered.</summary>
    Missing,

    /// <summary>It is percent-encoded once too often.</summary>
    EncodedTwice,

    /// <summary>It holds the <c>*</c> of a registration; a request names the real port.</summary>
    Wildcard,

    /// <summary>It has no scheme and host.</summary>
    NotAbsolute,

    /// <summary>It has a fragment, which is forbidden.</summary>
    Fragment,

    /// <summary>It has a query, which is forbidden.</summary>
    Query,

    /// <summary>It has 512 characters or more.</summary>
    TooLong,

    /// <summary><c>[::1]</c> is in no rule of TikTok's.</summary>
    IPv6Loopback,

    /// <summary>A loopback address needs a port.</summary>
    LoopbackWithoutPort,

    /// <summary>A hint: a loopback address can only be registered under Desktop, which makes PKCE mandatory.</summary>
    DesktopOnly,

    /// <summary>Plain http anywhere but on loopback.</summary>
    PlainHttp,

    /// <summary>Neither https nor http.</summary>
    OtherScheme,

    /// <summary>A hint: the comparison is exact, so the registered one must have none either.</summary>
    NoSlashAtEnd,

    /// <summary>A hint: an address without a path was refused at registration.</summary>
    NoPath,
}
