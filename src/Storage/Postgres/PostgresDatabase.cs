using Npgsql;

namespace Holdfast.Storage.Postgres;

/// <summary>PostgreSQL: for a second node or a bigger team. Each app lives in a schema of its own.</summary>
internal sealed class PostgresDatabase : Database
{
    private const int Tries = 4;

    private readonly NpgsqlDataSource source;
    private readonly string schema;
    private readonly PostgresSignals signals;
    private readonly SteadyClock? leases;

    /// <param name="nodesClock">What leases are measured by, the same on every node; null: the server's own clock.</param>
    public PostgresDatabase(string connectionString, string schema, TimeProvider clock, ITransactionProbe? probe, TimeProvider? nodesClock = null) : base(Engine.PostgreSql, probe)
    {
        leases = nodesClock is null ? null : new SteadyClock(nodesClock);
        this.schema = schema;
        source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = schema, ApplicationName = $"holdfast {schema}" });
        signals = new PostgresSignals(source, schema, Signals, clock);
    }

    protected override async Task<T> RunReadAsync<T>(Func<Session, Task<T>> work, CancellationToken aborted)
    {
        await using var connection = await source.OpenConnectionAsync(aborted);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, aborted);
        return await work(new Session(Engine.PostgreSql, connection, transaction, leases));
    }

    protected override async Task<T> RunWriteAsync<T>(Func<Session, Task<T>> work, CancellationToken aborted)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(aborted);
                await using var transaction = await connection.BeginTransactionAsync(aborted);
                var session = new Session(Engine.PostgreSql, connection, transaction, leases);
                var result = await work(session);
                await signals.AnnounceAsync(session);
                await transaction.CommitAsync(CancellationToken.None);
                return result;
            }
            catch (PostgresException conflict) when (tries < Tries && conflict.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure)
            {
                // The server undid this transaction so that another could go on; nothing happened, so it may run again.
            }
        }
    }

    internal override async Task MigrateUnderLockAsync(Func<Session, Task> migrate)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var session = new Session(Engine.PostgreSql, connection, transaction, leases);
        await session.RunAsync("select pg_advisory_xact_lock(hashtext(@schema))", new { schema });
        await session.ExecuteRawAsync($"create schema if not exists \"{schema}\"");
        await migrate(session);
        await transaction.CommitAsync();
        signals.Start();
    }

    public override async ValueTask DisposeAsync()
    {
        await signals.DisposeAsync();
        await source.DisposeAsync();
    }
}
