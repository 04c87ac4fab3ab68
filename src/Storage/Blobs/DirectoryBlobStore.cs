using System.Buffers;

namespace Holdfast.Storage.Blobs;

/// <summary>Blobs as files below one folder.</summary>
public sealed class DirectoryBlobStore(string root) : IBlobStore
{
    private const int BufferSize = 128 * 1024;

    public async Task<long> WriteAsync(string key, long offset, Stream content, long limit, CancellationToken aborted)
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

    public Stream? OpenRead(string key)
    {
        try
        {
            return new FileStream(PathOf(key), new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete, Options = FileOptions.Asynchronous, BufferSize = 0 });
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public long? Length(string key) => new FileInfo(PathOf(key)) is { Exists: true, Length: var length } ? length : null;

    public string? LocalPath(string key) => Length(key) is null ? null : Path.GetFullPath(PathOf(key));

    public void Delete(string key)
    {
        if (Length(key) is not null)
            File.Delete(PathOf(key));
    }

    private string PathOf(string key) =>
        key.Length > 0 && key.Split('/').All(part => part.Length > 0 && part[0] != '.' && part.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.'))
            ? Path.Combine(root, Path.Combine(key.Split('/')))
            : throw new ArgumentException("A blob key is a lower-case path of letters, digits, '-' and '.'.", nameof(key));
}
