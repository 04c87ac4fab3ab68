using System.Security.Cryptography;
using Npgsql;

namespace Holdfast.Storage.Postgres;

/// <summary>Carries signals between nodes with LISTEN and NOTIFY. A lost one costs a poll, nothing else.</summary>
internal sealed class PostgresSignals(NpgsqlDataSource source, string schema, Signals signals, TimeProvider clock) : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly string channel = $"holdfast_{schema}";

    /// <summary>Ours among all nodes, from before the first commit on: what we raised in process already is told by it.</summary>
    private readonly string node = RandomNumberGenerator.GetHexString(16, lowercase: true);
    private Task listening = Task.CompletedTask;

    public void Start() => listening = ListenAsync();

    /// <summary>Queues the session's signals; PostgreSQL sends them with the commit, or never.</summary>
    public async Task AnnounceAsync(Session session)
    {
        foreach (var topic in session.Signals.Distinct(StringComparer.Ordinal))
            await session.FirstAsync<string>("select pg_notify(@channel, @payload)::text", new { channel, payload = $"{node} {topic}" });
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await listening;
        stopping.Dispose();
    }

    private async Task ListenAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(stopping.Token);
                connection.Notification += (_, heard) => Pass(heard.Payload);
                await using (var listen = new NpgsqlCommand($"listen \"{channel}\"", connection))
                    await listen.ExecuteNonQueryAsync(stopping.Token);
                while (true)
                    await connection.WaitAsync(stopping.Token);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception lost) when (lost is NpgsqlException or IOException)
            {
                // Polling covers the gap while the server is away; opening a connection waits by its own time-out.
                await PauseAsync();
            }
        }
    }

    private async Task PauseAsync()
    {
        using var pause = new PeriodicTimer(TimeSpan.FromSeconds(1), clock);
        try
        {
            await pause.WaitForNextTickAsync(stopping.Token);
        }
        catch (OperationCanceledException)
        {
            // stopping: the caller's loop ends
        }
    }

    private void Pass(string payload)
    {
        // Our own commits were raised in process already.
        if (payload.Split(' ', 2) is [var sender, var topic] && sender != node)
            signals.Raise(topic);
    }
}
