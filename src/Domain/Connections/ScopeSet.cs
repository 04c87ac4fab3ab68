namespace Holdfast.Domain.Connections;

/// <summary>Granted scopes: order and repetition do not matter, so two equal grants are equal values.</summary>
public readonly record struct ScopeSet
{
    private readonly string? joined;

    private ScopeSet(string joined) => this.joined = joined;

    public static ScopeSet Of(params IEnumerable<string> scopes) => new(string.Join(',', scopes
        .Select(scope => scope.Trim()).Where(scope => scope.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)));

    /// <summary>Reads the comma-separated form TikTok answers and we store.</summary>
    public static ScopeSet Parse(string? text) => Of((text ?? "").Split(','));

    public IReadOnlyList<string> All => string.IsNullOrEmpty(joined) ? [] : joined.Split(',');

    public bool Has(string scope) => All.Contains(scope, StringComparer.Ordinal);

    public override string ToString() => joined ?? "";
}
