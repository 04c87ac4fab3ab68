namespace Holdfast.TikTok.OAuth;

/// <summary>Takes a query apart, decoding names and values exactly once.</summary>
internal static class QueryString
{
    public static IEnumerable<(string Name, string Value)> Parse(string query)
    {
        var fragment = query.IndexOf('#', StringComparison.Ordinal);
        var text = (fragment < 0 ? query : query[..fragment]).TrimStart('?');
        foreach (var pair in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            yield return equals < 0 ? (Decode(pair), "") : (Decode(pair[..equals]), Decode(pair[(equals + 1)..]));
        }
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
