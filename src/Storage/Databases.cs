using Holdfast.Storage.Postgres;
using Holdfast.Storage.Sqlite;

namespace Holdfast.Storage;

/// <summary>Opens the databases an app may live in.</summary>
public static class Databases
{
    /// <summary>PostgreSQL when <paramref name="connectionString"/> is given, else the SQLite file <c>folder/name.db</c>.</summary>
    /// <param name="name">The app: <c>studio</c> or <c>platform</c>; the file's or the schema's name.</param>
    /// <param name="folder">The data folder, created when missing.</param>
    /// <param name="nodesClock">On PostgreSQL, what leases are measured by; null: the server's own clock, as everywhere but in specs.</param>
    public static Database Open(string name, string folder, string? connectionString, TimeProvider clock, ITransactionProbe? probe = null, TimeProvider? nodesClock = null)
    {
        if (!string.IsNullOrWhiteSpace(connectionString))
            return new PostgresDatabase(connectionString, name, clock, probe, nodesClock);
        Directory.CreateDirectory(folder);
        return new SqliteDatabase(Path.Combine(folder, name + ".db"), clock, probe);
    }
}
