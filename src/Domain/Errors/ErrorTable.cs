using System.Collections.Frozen;

namespace Holdfast.Domain.Errors;

/// <summary>Codes and their rules. A code that is not listed is passing until proven otherwise.</summary>
public sealed class ErrorTable
{
    private readonly FrozenDictionary<string, ErrorRule> rules;

    internal ErrorTable(IEnumerable<ErrorRule> rules) =>
        this.rules = rules.ToFrozenDictionary(rule => rule.Code, StringComparer.Ordinal);

    public IReadOnlyCollection<ErrorRule> All => rules.Values;

    public ErrorRule this[string? code] => rules.GetValueOrDefault(code ?? "") ?? ErrorRule.Unknown(code ?? "");
}
