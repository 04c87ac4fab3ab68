using Holdfast.Storage;

namespace Holdfast.Specs.Storage;

/// <summary>Gives a race one outcome: a transaction that holds what others want goes on only when they wait for it.</summary>
internal static class Race
{
    /// <param name="session">Of the transaction that holds them up.</param>
    /// <param name="other">Waits no longer than this one runs; <c>null</c> for who has to wait.</param>
    public static async Task UntilWaitingAsync(Session session, int many, Task? other = null)
    {
        // SQLite has one writer: whoever has come stands in line.
        while (session.Engine is Engine.PostgreSql && other is not { IsCompleted: true } && await WaitingAsync(session) < many)
        {
        }
    }

    private static async Task<long> WaitingAsync(Session session)
    {
        // Within one transaction the answer would stay the first one.
        await session.FirstAsync<string>("select pg_stat_clear_snapshot()::text");
        return await session.FirstAsync<long>("select count(*) from pg_stat_activity where wait_event_type = 'Lock' and application_name = 'holdfast ' || current_schema()");
    }
}
