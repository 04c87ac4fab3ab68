using Holdfast.Storage;

namespace Holdfast.Specs.Storage;

/// <summary>A row of PostgreSQL that somebody else holds, so that transactions which hardly ever meet do meet there. SQLite has one writer: nothing meets.</summary>
internal sealed class HeldRow(Session session)
{
    // Whoever waits for us, and whoever waits behind them.
    private const string Waiting = """
        with recursive waiting (pid) as (
          select pg_backend_pid()
          union
          select pg_locks.pid from pg_locks join waiting on waiting.pid = any (pg_blocking_pids(pg_locks.pid)) where not pg_locks.granted)
        select count(*) - 1 from waiting
        """;

    /// <summary>Holds a row and lets go when <paramref name="meanwhile"/> is over. What it begins and must not wait for, it answers with.</summary>
    /// <param name="row">What follows <c>from</c>: a table and which of its rows.</param>
    public static Task<T> WhileAsync<T>(Database database, string row, object? parameters, Func<HeldRow, Task<T>> meanwhile) => database.WriteAsync(async session =>
    {
        Assert.NotNull(await session.FirstAsync<int?>($"select 1 from {row} for update", parameters));
        return await meanwhile(new HeldRow(session));
    });

    /// <summary>Until each of these calls waits: for our row, or for one that a call before it holds.</summary>
    public async Task UntilWaitingAsync(params Task[] calls)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30), TestClock.System);
        while (await session.FirstAsync<long>(Waiting) < calls.Length)
        {
            Assert.DoesNotContain(calls, call => call.IsCompleted); // or it went past the row
            await Task.Delay(TimeSpan.FromMilliseconds(5), TestClock.System, limit.Token);
        }
    }

    /// <summary>Whether nobody has locked another row.</summary>
    public async Task<bool> IsFreeAsync(string row, object? parameters = null) =>
        await session.FirstAsync<int?>($"select 1 from {row} for update skip locked", parameters) is not null;
}
