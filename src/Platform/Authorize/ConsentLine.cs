using Holdfast.Platform.Tokens;

namespace Holdfast.Platform.Authorize;

/// <summary>One permission on the consent page.</summary>
/// <param name="IsTicked">How its box stands when the page opens.</param>
public sealed record ConsentLine(string Scope, ConsentMark Mark, bool IsTicked);

/// <summary>How a permission stands to what was answered before; the words stand in Texts.json under <c>authorize.mark.…</c>.</summary>
public enum ConsentMark { None, New, Agreed, Declined }

internal static class ConsentRule
{
    /// <summary>What was agreed stays ticked and what was declined unticked; what an app that is let in asks for the first time is new.</summary>
    public static IReadOnlyList<ConsentLine> Lines(IEnumerable<string> asked, PastConsent? past)
    {
        var agreed = past is { IsLiving: true } ? ScopeList.Split(past.Scopes) : [];
        var declined = ScopeList.Split(past?.DeclinedScopes ?? "");
        return [.. asked.Select(scope => new ConsentLine(
            scope,
            agreed.Contains(scope) ? ConsentMark.Agreed : declined.Contains(scope) ? ConsentMark.Declined : past is { IsLiving: true } ? ConsentMark.New : ConsentMark.None,
            IsTicked: agreed.Contains(scope) || !declined.Contains(scope)))];
    }
}
