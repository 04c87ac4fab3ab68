namespace Holdfast.Storage.Work;

/// <summary>What the process before was working on when the power went: freed at a start, so that it goes on at once and not when the leases lapse.</summary>
public static class LeftBehind
{
    /// <remarks>Only in a file, which one process has to itself: whoever held a claim in it is dead. On PostgreSQL another node may be at work, and a claim ends with its lease.</remarks>
    public static Task FreeAsync(Database database, IEnumerable<IDueWork> work) => database.IsShared
        ? Task.CompletedTask
        : database.WriteAsync(async session =>
        {
            foreach (var free in work.Select(one => one.Free).OfType<string>())
                await session.RunAsync(free);
        });
}
