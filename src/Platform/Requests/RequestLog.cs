using System.Collections.Concurrent;
using Holdfast.Storage;
using Microsoft.Extensions.Options;

namespace Holdfast.Platform.Requests;

/// <summary>Calls that wait to be written down: adding one costs its caller no wait and no statement. Where writing cannot keep up the oldest are dropped, and counted.</summary>
internal sealed class RequestLog(Database database, IOptions<RequestLogOptions> options)
{
    /// <summary>Calls in one statement.</summary>
    public const int AtOnce = 500;

    /// <summary>The signal that a batch is full; a smaller one is written at the next tick.</summary>
    public const string Topic = "request-log";

    private readonly ConcurrentQueue<LoggedCall> waiting = new();
    private int count;
    private long dropped;

    /// <summary>Calls this node has lost since it started.</summary>
    public long Dropped => Interlocked.Read(ref dropped);

    public void Add(LoggedCall call)
    {
        waiting.Enqueue(call);
        var now = Interlocked.Increment(ref count);
        if (now > options.Value.WaitAtMost && waiting.TryDequeue(out _))
        {
            Interlocked.Decrement(ref count);
            Interlocked.Increment(ref dropped);
        }
        else if (now % AtOnce == 0)
        {
            database.Signals.Raise(Topic);
        }
    }

    /// <summary>The oldest that wait, out of the queue.</summary>
    public List<LoggedCall> Take()
    {
        var batch = new List<LoggedCall>();
        while (batch.Count < AtOnce && waiting.TryDequeue(out var call))
            batch.Add(call);
        Interlocked.Add(ref count, -batch.Count);
        return batch;
    }

    /// <summary>A batch that could not be written.</summary>
    public void Lost(int calls) => Interlocked.Add(ref dropped, calls);
}
