using System.Data.Common;
using Dapper;

namespace Holdfast.Storage;

/// <summary>One open transaction: the only thing that runs SQL.</summary>
/// <remarks>
/// Statements are one text for both engines: <c>bigint</c> Unix milliseconds for instants (pass and read
/// <see cref="DateTimeOffset"/>), <c>text</c> ids, <c>boolean</c> flags, <c>bytea</c> bytes, <c>@name</c> parameters.
/// Inside a write only the session may be awaited: a transaction spans no outside wait.
/// </remarks>
public sealed class Session
{
    private readonly DbConnection connection;
    private readonly DbTransaction? transaction;
    private readonly SteadyClock? leases;
    private List<string>? signals;

    /// <param name="leases">What leases are measured by; null: the database server's own clock.</param>
    internal Session(Engine engine, DbConnection connection, DbTransaction? transaction, SteadyClock? leases)
    {
        Engine = engine;
        this.connection = connection;
        this.transaction = transaction;
        this.leases = leases;
    }

    public Engine Engine { get; }

    /// <summary>Ends the sub-select of a claim: rows another node is claiming are skipped, not waited for. SQLite has one writer and needs no word for it.</summary>
    public string SkipLocked => Engine == Engine.PostgreSql ? "for update skip locked" : "";

    /// <summary>Ends a select whose row is about to be changed by what it says: nobody else changes it meanwhile. SQLite has one writer and needs no word for it.</summary>
    public string ForUpdate => Engine == Engine.PostgreSql ? "for update" : "";

    /// <summary>Now, as every node says it: what a lease begins, ends and is judged by. A machine's own clock may be set, or differ from the next node's, and a claim whose call is out would look lapsed.</summary>
    /// <remarks>PostgreSQL is asked for its clock. SQLite has one process, which counts on steadily from its start. Where nobody else is at work, the answer costs nothing.</remarks>
    public async ValueTask<DateTimeOffset> LeaseNowAsync() => leases?.Now
        ?? DateTimeOffset.FromUnixTimeMilliseconds(await FirstAsync<long>("select cast(extract(epoch from clock_timestamp()) * 1000 as bigint)"));

    /// <summary>Whoever names the same thing waits here until this transaction ends: for rows that are counted or looked for before they are written, which no row lock covers. SQLite has one writer and needs no word for it.</summary>
    public Task OneAtATimeAsync(string what) => Engine == Engine.PostgreSql
        ? RunAsync("select pg_advisory_xact_lock(hashtextextended(current_schema() || @what, 0))", new { what })
        : Task.CompletedTask;

    /// <summary>"Is one of these" for an array parameter: <c>video_id {session.IsIn("ids")}</c>. PostgreSQL takes the array whole, SQLite a list of its members.</summary>
    public string IsIn(string parameter) => Engine == Engine.PostgreSql ? $"= any(@{parameter})" : $"in @{parameter}";

    internal IReadOnlyList<string> Signals => signals ?? [];

    /// <summary>Runs a statement; the answer is the number of rows it changed.</summary>
    public Task<int> RunAsync(string sql, object? parameters = null) =>
        connection.ExecuteAsync(sql, parameters, transaction);

    /// <summary>The first row, or <c>null</c> when there is none.</summary>
    public Task<T?> FirstAsync<T>(string sql, object? parameters = null) =>
        connection.QueryFirstOrDefaultAsync<T>(sql, parameters, transaction);

    public async Task<IReadOnlyList<T>> ListAsync<T>(string sql, object? parameters = null) =>
        [.. await connection.QueryAsync<T>(sql, parameters, transaction)];

    /// <summary>Tells whoever waits on <paramref name="topic"/> that something changed, once this transaction is committed; on PostgreSQL every node hears it.</summary>
    /// <param name="topic">Lower-case name, for example <c>posts</c> or <c>live:workspace-id</c>. Never a secret: it crosses the database.</param>
    public void Signal(string topic) => (signals ??= []).Add(topic);

    internal Task<int> ExecuteRawAsync(string sql) => connection.ExecuteAsync(sql, transaction: transaction);
}
