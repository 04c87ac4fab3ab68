using System.Collections.Concurrent;

namespace Holdfast.Platform.Authorize;

/// <summary>Remembers what was wrong with the latest refused requests, because TikTok's query values on the error page are too few to explain it. Lost at a restart; then the page explains what the values say.</summary>
internal sealed class RecentProblems
{
    private const int Remembered = 500;
    private const int LongestValue = 512;

    private readonly ConcurrentDictionary<string, AuthorizeVerdict.Invalid> problems = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> oldest = new();

    public void Add(string logId, AuthorizeVerdict.Invalid problem)
    {
        problems[logId] = problem.Value.Length > LongestValue ? problem with { Value = problem.Value[..LongestValue] } : problem;
        oldest.Enqueue(logId);
        while (oldest.Count > Remembered && oldest.TryDequeue(out var forgotten))
            problems.TryRemove(forgotten, out _);
    }

    public AuthorizeVerdict.Invalid? Find(string logId) => problems.GetValueOrDefault(logId);
}
