namespace Holdfast.Storage.Work;

/// <summary>What the process before was working on when the power went: freed at a start, so that it goes on at once and not when the leases lapse.</summary>
public static class LeftBehind
{
    /// <summary>No call of a process that is dead is under way for longer.</summary>
    private static readonly TimeSpan LongestCall = TimeSpan.FromMinutes(3);

    /// <remarks>Only in a file, which one process has to itself: whoever held a claim in it is dead. On PostgreSQL another node may be at work, and a claim ends with its lease.</remarks>
    public static Task FreeAsync(Database database, IEnumerable<IDueWork> work) => database.IsShared
        ? Task.CompletedTask
        : database.WriteAsync(async session =>
        {
            var soon = await session.LeaseNowAsync() + LongestCall;
            foreach (var free in work.Select(one => one.Free).OfType<string>())
                await session.RunAsync(free, new { soon });
        });
}
