namespace Holdfast.Cli.Explain;

/// <summary>An address taken apart, its parameters both as written and decoded once.</summary>
internal sealed record Address(string Scheme, string Host, string Path, IReadOnlyList<Parameter> Parameters)
{
    /// <summary>Reads a full address, or a bare query as browsers' tools show it; null when it is neither.</summary>
    public static Address? Read(string text)
    {
        var trimmed = text.Trim().Trim('"', '\'', '<', '>');
        if (trimmed.StartsWith('?') || (!trimmed.Contains("://", StringComparison.Ordinal) && trimmed.Contains('=', StringComparison.Ordinal) && !trimmed.StartsWith('/')))
            return new("", "", "", Split(trimmed));
        if (trimmed.StartsWith('/'))
            return new("", "", Before(trimmed, '?'), Split(After(trimmed, '?')));
        return Uri.TryCreate(trimmed, UriKind.Absolute, out var uri) && trimmed.Contains("://", StringComparison.Ordinal)
            ? new(uri.Scheme, uri.Host, uri.AbsolutePath, Split(After(trimmed, '?')))
            : null;
    }

    public bool Has(string name) => Parameters.Any(parameter => parameter.Name == name);

    /// <summary>The decoded value; null when missing or empty.</summary>
    public string? this[string name] => Parameters.FirstOrDefault(parameter => parameter.Name == name)?.Value is { Length: > 0 } value ? value : null;

    public string? Raw(string name) => Parameters.FirstOrDefault(parameter => parameter.Name == name)?.Written;

    public bool IsTikTok => Host.Equals("www.tiktok.com", StringComparison.OrdinalIgnoreCase) || Host.Equals("tiktok.com", StringComparison.OrdinalIgnoreCase);

    private static List<Parameter> Split(string query) =>
    [
        .. Before(query, '#').TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => new Parameter(Decode(Before(pair, '=')), Decode(After(pair, '=')), After(pair, '='))),
    ];

    private static string Before(string text, char mark) => text.IndexOf(mark, StringComparison.Ordinal) is >= 0 and var at ? text[..at] : text;

    private static string After(string text, char mark) => text.IndexOf(mark, StringComparison.Ordinal) is >= 0 and var at ? text[(at + 1)..] : "";

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}

/// <summary>One query parameter.</summary>
/// <param name="Value">Decoded once.</param>
/// <param name="Written">As it stands in the address.</param>
internal sealed record Parameter(string Name, string Value, string Written);
