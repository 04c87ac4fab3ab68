namespace Holdfast.Platform.Authorize;

/// <summary>Finds what distinguishes an unknown redirect URI from a registered one: nearly always one of five slips.</summary>
internal static class RedirectHint
{
    public enum Kind { Slash, LocalName, Port, Scheme, Query }

    public static Kind? For(IEnumerable<RegisteredRedirect> registered, string asked)
    {
        var list = registered.ToList();
        bool Known(string uri) => RedirectMatch.Find(list, uri) is not null;

        if (Known(asked.EndsWith('/') ? asked[..^1] : asked + "/"))
            return Kind.Slash;
        if (Known(asked.Split('?', '#')[0]))
            return Kind.Query;
        if (Known(Replace(asked, "://localhost", "://127.0.0.1")) || Known(Replace(asked, "://127.0.0.1", "://localhost")))
            return Kind.LocalName;
        if (Known(Replace(asked, "http://", "https://")) || Known(Replace(asked, "https://", "http://")))
            return Kind.Scheme;
        return Uri.TryCreate(asked, UriKind.Absolute, out var parsed) && list.Exists(redirect =>
            Uri.TryCreate(redirect.Uri, UriKind.Absolute, out var known) && known.Scheme == parsed.Scheme && known.Host == parsed.Host && known.AbsolutePath == parsed.AbsolutePath)
            ? Kind.Port
            : null;
    }

    private static string Replace(string uri, string from, string to) => uri.Replace(from, to, StringComparison.Ordinal);
}
