using Holdfast.Storage;

namespace Holdfast.Specs.Storage;

/// <summary>A fresh database of either engine; PostgreSQL only where <c>./test</c> started one.</summary>
internal static class DatabaseUnderTest
{
    public static TheoryData<Engine> Engines =>
        PostgresServer is null ? [Engine.Sqlite] : [Engine.Sqlite, Engine.PostgreSql];

    /// <summary>Set by <c>./test</c> to the PostgreSQL it started.</summary>
    public static string? PostgresServer => Environment.GetEnvironmentVariable("HOLDFAST_TEST_POSTGRES");

    public static async Task<Database> CreateAsync(Engine engine, params System.Reflection.Assembly[] schemas)
    {
        var database = Open(engine);
        await Migrations.ApplyAsync(database, TestClock.System, schemas);
        return database;
    }

    /// <summary>Without a schema yet.</summary>
    /// <param name="clock">What leases are measured by; null: as in real life.</param>
    public static Database Open(Engine engine, ITransactionProbe? probe = null, TimeProvider? clock = null)
    {
        var name = "t" + Convert.ToHexStringLower(new SystemSecrets().Bytes(8));
        return Databases.Open(name, Path.Combine(Path.GetTempPath(), "holdfast-specs", name), engine == Engine.PostgreSql ? PostgresServer : null, clock ?? TestClock.System, probe, clock);
    }
}
