namespace Holdfast.Platform.Tokens;

/// <summary>Scopes as the protocol and our rows write them: comma-separated.</summary>
internal static class ScopeList
{
    public static string[] Split(string scopes) => scopes.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public static string Join(IEnumerable<string> scopes) => string.Join(',', scopes);

    /// <summary>What a family got, less what its person has withdrawn from the app since.</summary>
    public static string StillGranted(string family, string consent) =>
        family == consent ? family : Join(Split(family).Intersect(Split(consent), StringComparer.Ordinal));
}
