using System.Buffers;

namespace Holdfast.Storage.Blobs;

/// <summary>Blobs as files below one folder.</summary>
public sealed class DirectoryBlobStore(string root) : IGrowingBlobStore
{
    private const int BufferSize = 128 * 1024;

    public Task<long> WriteAsync(string key, Stream content, long limit, CancellationToken aborted) => WriteAtAsync(key, 0, content, limit, aborted);

    public async Task<long> WriteAtAsync(string key, long offset, Stream content, long limit, CancellationToken aborted)
    {
        var path = PathOf(key);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!); // PathOf puts every key below root
        await using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.Read, Options = FileOptions.Asynchronous, BufferSize = 0 });
        file.SetLength(offset);
        file.Position = offset;

        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            long written = 0;
            while (await content.ReadAsync(buffer.AsMemory(0, BufferSize), aborted) is > 0 and var count)
            {
                written += count;
                if (written > limit)
                {
                    file.SetLength(offset);
                    throw new BlobTooLargeException(limit);
                }
                await file.WriteAsync(buffer.AsMemory(0, count), aborted);
            }
            file.Flush(flushToDisk: true);
            return written;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public Task<Stream?> OpenReadAsync(string key, CancellationToken aborted) => Task.FromResult<Stream?>(OpenRead(key));

    public Task<long?> LengthAsync(string key, CancellationToken aborted) => Task.FromResult(Length(key));

    public Task DeleteAsync(string key)
    {
        if (Length(key) is not null)
            File.Delete(PathOf(key));
        return Task.CompletedTask;
    }

    public string? LocalPath(string key) => Length(key) is null ? null : Path.GetFullPath(PathOf(key));

    private FileStream? OpenRead(string key)
    {
        try
        {
            return new FileStream(PathOf(key), new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete, Options = FileOptions.Asynchronous, BufferSize = 0 });
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (UnauthorizedAccessException closed)
        {
            throw new IOException($"{PathOf(key)} may not be read by this user.", closed);
        }
    }

    private long? Length(string key) => new FileInfo(PathOf(key)) is { Exists: true, Length: var length } ? length : null;

    private string PathOf(string key) => Path.Combine(root, Path.Combine(BlobKey.Check(key).Split('/')));
}
