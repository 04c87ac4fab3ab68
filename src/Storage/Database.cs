namespace Holdfast.Storage;

/// <summary>The small door to SQL: reads, and writes that are all or nothing.</summary>
public abstract class Database : IAsyncDisposable
{
    protected Database(Engine engine, ITransactionProbe? probe)
    {
        Engine = engine;
        Probe = probe;
        DapperTypes.Register();
    }

    public Engine Engine { get; }

    /// <summary>Other processes may be at work in it: a claim that stands there is not left over from ours.</summary>
    public virtual bool IsShared => Engine is Engine.PostgreSql;

    /// <summary>Who is told what changed; in this process, and on PostgreSQL on every node.</summary>
    public Signals Signals { get; } = new();

    private ITransactionProbe? Probe { get; }

    /// <summary>Reads one consistent state. The session must not be used after <paramref name="work"/> ends.</summary>
    public async Task<T> ReadAsync<T>(Func<Session, Task<T>> work, CancellationToken aborted = default)
    {
        if (Probe is not null)
            await Probe.BeforeAsync();
        return await RunReadAsync(work, aborted);
    }

    /// <summary>Runs <paramref name="work"/> in one transaction; when this returns, it is on disk.</summary>
    /// <remarks>An exception rolls back. <paramref name="work"/> awaits nothing but its session and may be run again after a serialization failure.</remarks>
    public async Task<T> WriteAsync<T>(Func<Session, Task<T>> work, CancellationToken aborted = default)
    {
        if (Probe is not null)
            await Probe.BeforeWriteAsync();
        var (result, signals) = await RunWriteAsync(async session => (await work(session), session.Signals), aborted);
        if (Probe is not null)
            await Probe.AfterCommitAsync();
        foreach (var topic in signals)
            Signals.Raise(topic);
        return result;
    }

    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task WriteAsync(Func<Session, Task> work, CancellationToken aborted = default) =>
        WriteAsync(async session => { await work(session); return true; }, aborted);

    /// <summary>Takes the migration lock, which a second starting node waits for.</summary>
    internal abstract Task MigrateUnderLockAsync(Func<Session, Task> migrate);

    protected abstract Task<T> RunReadAsync<T>(Func<Session, Task<T>> work, CancellationToken aborted);

    protected abstract Task<T> RunWriteAsync<T>(Func<Session, Task<T>> work, CancellationToken aborted);

    public abstract ValueTask DisposeAsync();
}
