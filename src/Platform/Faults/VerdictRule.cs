using Holdfast.Platform.Posting;

namespace Holdfast.Platform.Faults;

/// <summary>A verdict as it is asked for: how posts end at their checks, or how long they wait there.</summary>
internal sealed record NewVerdict
{
    public string? FailReason { get; init; }
    public TimeSpan? ProcessingDelay { get; init; }
    public TimeSpan? ModerationDelay { get; init; }

    /// <summary>Posts that fail; with neither this nor <see cref="For"/> it is one. A delay has no number.</summary>
    public int? Times { get; init; }
    public TimeSpan? For { get; init; }
    public string? ClientKey { get; init; }
    public string? Account { get; init; }
}

/// <summary>Which verdicts make sense. Pure.</summary>
internal static class VerdictRule
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(7);

    public static FaultProblem? ProblemWith(NewVerdict wanted) => wanted switch
    {
        { FailReason: null, ProcessingDelay: null, ModerationDelay: null } => FaultProblem.Verdict,
        { FailReason: { } reason } when !FailReason.All.Contains(reason) => FaultProblem.Verdict,
        { Times: < 1 or > FaultRule.MostTimes } or { Times: not null, FailReason: null } => FaultProblem.Times,
        _ when IsWrong(wanted.ProcessingDelay) || IsWrong(wanted.ModerationDelay) => FaultProblem.VerdictDelay,
        _ when wanted.For is { } span && (span <= TimeSpan.Zero || span > FaultRule.Longest) => FaultProblem.For,
        _ => null,
    };

    /// <summary>How many posts it is for; <c>null</c> for any number.</summary>
    public static int? TimesOf(NewVerdict wanted) => wanted.Times ?? (wanted is { FailReason: not null, For: null } ? 1 : null);

    private static bool IsWrong(TimeSpan? delay) => delay is { } span && (span < TimeSpan.Zero || span > LongestDelay);
}
