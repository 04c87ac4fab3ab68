using Microsoft.Data.Sqlite;

namespace Holdfast.Storage.Sqlite;

/// <summary>SQLite in memory on the caller's thread: the simulation's database, which never leaves its one thread.</summary>
internal sealed class InlineSqliteDatabase(ITransactionProbe? probe) : Database(Engine.Sqlite, probe)
{
    private readonly SqliteConnection connection = SqliteFile.Open(":memory:", SqliteOpenMode.Memory);

    protected override Task<T> RunReadAsync<T>(Func<Session, Task<T>> work, CancellationToken aborted) => Run(work, aborted);

    protected override Task<T> RunWriteAsync<T>(Func<Session, Task<T>> work, CancellationToken aborted) => Run(work, aborted);

    internal override Task MigrateUnderLockAsync(Func<Session, Task> migrate) =>
        Run(async session => { await migrate(session); return true; }, CancellationToken.None);

    public override ValueTask DisposeAsync()
    {
        connection.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task<T> Run<T>(Func<Session, Task<T>> work, CancellationToken aborted)
    {
        aborted.ThrowIfCancellationRequested();
        SqliteFile.Run(connection, "begin immediate");
        try
        {
            var result = SqliteFile.Finished(work(new Session(Engine.Sqlite, connection, null)));
            SqliteFile.Run(connection, "commit");
            return Task.FromResult(result);
        }
        catch
        {
            SqliteFile.Run(connection, "rollback");
            throw;
        }
    }
}
