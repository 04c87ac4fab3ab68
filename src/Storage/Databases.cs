using Holdfast.Storage.Postgres;
using Holdfast.Storage.Sqlite;

namespace Holdfast.Storage;

/// <summary>Opens the databases an app may live in.</summary>
public static class Databases
{
    /// <summary>PostgreSQL when <paramref name="connectionString"/> is given, else the SQLite file <c>folder/name.db</c>.</summary>
    /// <param name="name">The app: <c>studio</c> or <c>platform</c>; the file's or the schema's name.</param>
    /// <param name="folder">The data folder, created when missing.</param>
    public static Database Open(string name, string folder, string? connectionString, TimeProvider clock, ITransactionProbe? probe = null)
    {
        if (!string.IsNullOrWhiteSpace(connectionString))
            return new PostgresDatabase(connectionString, name, clock, probe);
        Directory.CreateDirectory(folder);
        return new SqliteDatabase(Path.Combine(folder, name + ".db"), probe);
    }

    /// <summary>SQLite in memory, on the caller's thread, gone with the object.</summary>
    public static Database InMemory(ITransactionProbe? probe = null) => new InlineSqliteDatabase(probe);
}
