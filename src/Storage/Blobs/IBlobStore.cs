namespace Holdfast.Storage.Blobs;

/// <summary>Where media bytes live. Streams only: never a whole video in memory.</summary>
/// <remarks>A key is a lower-case path of letters, digits, <c>-</c>, <c>.</c> and <c>/</c>. Whatever the place of the bytes says about its own trouble comes as <see cref="IOException"/>.</remarks>
public interface IBlobStore
{
    /// <summary>Writes a whole blob in place of what there was.</summary>
    /// <param name="limit">More bytes than this end in <see cref="BlobTooLargeException"/>, and there is nothing whole under the key.</param>
    /// <returns>The number of bytes written; they survive a power cut.</returns>
    Task<long> WriteAsync(string key, Stream content, long limit, CancellationToken aborted);

    /// <summary>Opens a blob for reading, asynchronously and seekable; <c>null</c> when there is none.</summary>
    Task<Stream?> OpenReadAsync(string key, CancellationToken aborted);

    /// <summary>The blob's length in bytes; <c>null</c> when there is none.</summary>
    Task<long?> LengthAsync(string key, CancellationToken aborted);

    /// <summary>Removes a blob; nothing happens when there is none.</summary>
    Task DeleteAsync(string key);
}

/// <summary>Blobs that grow piece by piece, and that programs may read as files.</summary>
public interface IGrowingBlobStore : IBlobStore
{
    /// <summary>Writes <paramref name="content"/> at <paramref name="offset"/>, dropping whatever an interrupted earlier try left behind it.</summary>
    /// <param name="limit">More bytes than this end in <see cref="BlobTooLargeException"/>, and the blob is as long as <paramref name="offset"/> again.</param>
    /// <returns>The number of bytes written; they are on disk.</returns>
    Task<long> WriteAtAsync(string key, long offset, Stream content, long limit, CancellationToken aborted);

    /// <summary>Where a blob lies as a file; <c>null</c> when the store is no folder or there is no such blob.</summary>
    string? LocalPath(string key);
}

/// <summary>More bytes came than were announced or allowed.</summary>
public sealed class BlobTooLargeException(long limit) : IOException($"The upload is larger than the {limit} bytes allowed.")
{
    public long Limit => limit;
}
