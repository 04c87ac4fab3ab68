using Holdfast.Storage.Work;
using Microsoft.Extensions.Options;

namespace Holdfast.Platform.Requests;

/// <summary>Writes waiting calls down: once a second, at once when a batch is full, and what is left when the program ends. Clears old ones once an hour.</summary>
internal sealed class WriteRequestLog(RequestLog log, RequestRows rows, IOptions<RequestLogOptions> options, TimeProvider clock, ILogger<WriteRequestLog> logger) : IDueWork, IHostedService
{
    private const int ClearedAtOnce = 2_000;

    private readonly HourlySweep pace = new(clock);
    private long told;
    private Task before = Task.CompletedTask;

    public string Topic => RequestLog.Topic;

    public async Task<bool> RunDueAsync(CancellationToken stopping)
    {
        if (await WriteNextAsync() is > 0 and var written)
            return written == RequestLog.AtOnce;
        if (log.Dropped is var dropped && dropped > told)
        {
            logger.Dropped(dropped - told);
            told = dropped;
        }
        return await pace.RunAsync(now => rows.ClearAsync(now - options.Value.KeepFor, options.Value.KeepAtMost, ClearedAtOnce, stopping));
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The server takes no more calls by now.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => NowAsync();

    /// <summary>Whoever looks at the log sees the calls of this moment too.</summary>
    public async Task NowAsync()
    {
        while (await WriteNextAsync() > 0)
            continue;
    }

    /// <summary>Writes what waits, and is done when every batch that somebody took earlier is written too: one on its way is not in the buffer any more and not yet in the table.</summary>
    private async Task<int> WriteNextAsync()
    {
        var done = new TaskCompletionSource();
        var earlier = Interlocked.Exchange(ref before, done.Task);
        try
        {
            var batch = log.Take();
            if (batch.Count > 0)
                await WriteAsync(batch);
            return batch.Count;
        }
        finally
        {
            await earlier;
            done.SetResult();
        }
    }

    private async Task WriteAsync(List<LoggedCall> batch)
    {
        try
        {
            await rows.AddAsync(batch);
        }
        catch
        {
            log.Lost(batch.Count); // said with the next line that works
            throw;
        }
    }
}
