using System.Diagnostics;

namespace Holdfast.Domain.Trouble;

/// <summary>What the facts say about a problem: the surest answer first, and what was looked at to find it.</summary>
/// <param name="Findings">Empty when nothing was found.</param>
public sealed record Diagnosis(Problem Problem, IReadOnlyList<Finding> Findings, IReadOnlyList<Looked> Looks)
{
    /// <summary>Something explains the problem; notes alone do not.</summary>
    public bool IsExplained => Findings.Any(finding => finding.Certainty is not Certainty.Note);

    /// <summary>How everything that was looked at is, taken together: as bad as the worst of it.</summary>
    public Verdict Overall =>
        Looks.Any(look => look.Verdict is Verdict.Bad) ? Verdict.Bad
        : Looks.Any(look => look.Verdict is Verdict.Unknown) ? Verdict.Unknown
        : Verdict.Good;

    public static Diagnosis Of(Problem problem, TroubleFacts facts)
    {
        var findings = problem switch
        {
            Problem.Popup => PopupRule.Of(facts),
            Problem.SignIn => SignInRule.Of(facts),
            Problem.Authorize => AuthorizeRule.Of(facts),
            Problem.Disconnects => DisconnectRule.Of(facts),
            _ => throw new UnreachableException($"No rule for {problem}."),
        };
        // A cause is named once for each account; of equals the earlier rule is the more particular.
        return new(problem, [.. findings.DistinctBy(finding => (finding.Cause, finding.AccountId)).OrderBy(finding => finding.Certainty)], [.. Looked.Of(problem, facts)]);
    }
}
