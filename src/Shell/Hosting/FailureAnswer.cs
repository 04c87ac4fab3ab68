namespace Holdfast.Shell.Hosting;

/// <summary>An app's own words for failures below a path where programs ask, not people: they must never meet a page.</summary>
/// <param name="Covers">Whether the path is such a one.</param>
/// <param name="Say">The answer for a status.</param>
public sealed record FailureAnswer(Func<PathString, bool> Covers, Func<int, IResult> Say);
