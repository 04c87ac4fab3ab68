using System.Collections.Concurrent;
using Holdfast.Shell.Language;

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
        problems[logId] = problem with { Value = problem.Value.CutTo(LongestValue) };
        oldest.Enqueue(logId);
        while (oldest.Count > Remembered && oldest.TryDequeue(out var forgotten))
            problems.TryRemove(forgotten, out _);
    }

    public AuthorizeVerdict.Invalid? Find(string logId) => problems.GetValueOrDefault(logId);
}
