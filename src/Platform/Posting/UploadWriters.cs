using System.Collections.Concurrent;

namespace Holdfast.Platform.Posting;

/// <summary>One writer per upload on this node. The newest request wins: it is the client's retry, while the older one may hang on a dead connection for minutes.</summary>
internal sealed class UploadWriters
{
    private readonly ConcurrentDictionary<string, Writer> writers = new(StringComparer.Ordinal);

    /// <summary>Ends the writer before and waits until it has let go of the file.</summary>
    public async Task<Writer> TakeAsync(string uploadId, CancellationToken aborted)
    {
        var mine = new Writer(this, uploadId, aborted);
        Writer? before = null;
        writers.AddOrUpdate(uploadId, mine, (_, found) =>
        {
            before = found;
            return mine;
        });
        if (before is not null)
            await before.EndAsync();
        return mine;
    }

    internal sealed class Writer(UploadWriters owner, string uploadId, CancellationToken aborted) : IDisposable
    {
        private readonly CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        private readonly TaskCompletionSource ended = new();

        /// <summary>Ends with the request, or when a newer one takes over.</summary>
        public CancellationToken Ending => ending.Token;

        public async Task EndAsync()
        {
            if (!ended.Task.IsCompleted)
                await ending.CancelAsync();
            await ended.Task;
        }

        public void Dispose()
        {
            owner.writers.TryRemove(KeyValuePair.Create(uploadId, this));
            ended.TrySetResult();
        }
    }
}
