using Microsoft.Data.Sqlite;

namespace Holdfast.Storage.Sqlite;

/// <summary>Opens connections the way we rely on: WAL, every commit on disk, foreign keys kept.</summary>
internal static class SqliteFile
{
    public static KeptStatements Open(string path, SqliteOpenMode mode = SqliteOpenMode.ReadWriteCreate)
    {
        var connection = new KeptStatements(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false, // we hold our connections ourselves
        }.ConnectionString);
        connection.Open();
        connection.Run("pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma busy_timeout = 5000; pragma temp_store = memory;");
        return connection;
    }

    /// <summary>SQLite answers on the caller's thread, so work that is not finished when it returns has awaited something else inside its transaction.</summary>
    public static T Finished<T>(Task<T> work) => work.IsCompleted
        ? work.GetAwaiter().GetResult()
        : throw new InvalidOperationException("A transaction awaited something other than its session. Do outside waits before or after it.");
}
