using Holdfast.Storage.Blobs;

namespace Holdfast.Simulation.Stage;

/// <summary>Media in memory, because a file answers on another thread.</summary>
internal sealed class MemoryBlobs : IBlobStore
{
    private readonly Dictionary<string, byte[]> blobs = [];

    public async Task<long> WriteAsync(string key, long offset, Stream content, long limit, CancellationToken aborted)
    {
        using var fresh = new MemoryStream();
        await content.CopyToAsync(fresh, aborted);
        if (fresh.Length > limit)
            throw new BlobTooLargeException(limit);
        var kept = blobs.GetValueOrDefault(key, []);
        blobs[key] = [.. kept.AsSpan(0, (int)Math.Min(offset, kept.Length)), .. fresh.ToArray()];
        return fresh.Length;
    }

    public Stream? OpenRead(string key) => blobs.TryGetValue(key, out var content) ? new MemoryStream(content, writable: false) : null;

    public long? Length(string key) => blobs.TryGetValue(key, out var content) ? content.Length : null;

    public void Delete(string key) => blobs.Remove(key);
}
