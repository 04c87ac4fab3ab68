using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Holdfast.Storage.Sqlite;

/// <summary>The embedded database in a file: many readers, and one writer behind the batching gate.</summary>
internal sealed class SqliteDatabase : Database
{
    private readonly string path;
    private readonly ConcurrentBag<KeptStatements> readers = [];
    private readonly WriteGate gate;
    private readonly SteadyClock leases;

    public SqliteDatabase(string path, TimeProvider clock, ITransactionProbe? probe) : base(Engine.Sqlite, probe)
    {
        this.path = path;
        leases = new SteadyClock(clock);
        gate = new WriteGate(SqliteFile.Open(path), leases);
    }

    protected override Task<T> RunReadAsync<T>(Func<Session, Task<T>> work, CancellationToken aborted)
    {
        aborted.ThrowIfCancellationRequested();
        if (!readers.TryTake(out var connection))
            connection = SqliteFile.Open(path, SqliteOpenMode.ReadWrite);
        try
        {
            connection.Run("begin deferred");
            try
            {
                return Task.FromResult(SqliteFile.Finished(work(new Session(Engine.Sqlite, connection, null, leases))));
            }
            finally
            {
                connection.Run("rollback");
            }
        }
        finally
        {
            readers.Add(connection);
        }
    }

    protected override Task<T> RunWriteAsync<T>(Func<Session, Task<T>> work, CancellationToken aborted) => gate.RunAsync(work, aborted);

    internal override Task MigrateUnderLockAsync(Func<Session, Task> migrate) =>
        gate.RunAsync(async session => { await migrate(session); return true; }, CancellationToken.None);

    public override ValueTask DisposeAsync()
    {
        gate.Dispose();
        foreach (var reader in readers)
            reader.Dispose();
        return ValueTask.CompletedTask;
    }
}
