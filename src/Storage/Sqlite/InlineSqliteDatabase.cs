using Microsoft.Data.Sqlite;

namespace Holdfast.Storage.Sqlite;

/// <summary>SQLite in memory on the caller's thread: the simulation's database, which never leaves its one thread.</summary>
/// <param name="nodesClock">What leases are measured by: the world's clock, as the server's would be.</param>
internal sealed class InlineSqliteDatabase(KeptStatements connection, TimeProvider nodesClock, ITransactionProbe? probe) : Database(Engine.Sqlite, probe)
{
    private readonly SteadyClock leases = new(nodesClock);

    /// <summary>An empty one.</summary>
    public static InlineSqliteDatabase Create(TimeProvider nodesClock, bool hasNodes)
    {
        var connection = SqliteFile.Open(":memory:", SqliteOpenMode.Memory);
        // A commit that has reordered pages looks through all that are in memory: fewer are quicker.
        connection.Run("pragma page_size = 16384");
        return new(connection, nodesClock, null) { HasNodes = hasNodes };
    }

    /// <summary>Several runs of the program see it at once, as nodes see one PostgreSQL.</summary>
    public bool HasNodes { get; init; }

    public override bool IsShared => HasNodes;

    /// <summary>For what the simulation does to the data itself: keep it, bring it back, watch it change.</summary>
    public SqliteConnection Connection => connection;

    /// <summary>The same data seen by another run of the program: what a restart finds.</summary>
    public InlineSqliteDatabase After(ITransactionProbe? restarted) => new(connection, nodesClock, restarted) { HasNodes = HasNodes };

    protected override Task<T> RunReadAsync<T>(Func<Session, Task<T>> work, CancellationToken aborted) => Run(work, aborted);

    protected override Task<T> RunWriteAsync<T>(Func<Session, Task<T>> work, CancellationToken aborted) => Run(work, aborted);

    internal override Task MigrateUnderLockAsync(Func<Session, Task> migrate) =>
        Run(async session => { await migrate(session); return true; }, CancellationToken.None);

    /// <summary>The data outlives a run of the program; it goes with the last reference.</summary>
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<T> Run<T>(Func<Session, Task<T>> work, CancellationToken aborted)
    {
        aborted.ThrowIfCancellationRequested();
        connection.Run("begin immediate");
        try
        {
            var result = SqliteFile.Finished(work(new Session(Engine.Sqlite, connection, null, leases)));
            connection.Run("commit");
            return Task.FromResult(result);
        }
        catch
        {
            connection.Run("rollback");
            throw;
        }
    }
}
