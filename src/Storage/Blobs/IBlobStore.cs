namespace Holdfast.Storage.Blobs;

/// <summary>Where media bytes live. Streams only: never a whole video in memory.</summary>
public interface IBlobStore
{
    /// <summary>Writes <paramref name="content"/> at <paramref name="offset"/>, dropping whatever an interrupted earlier try left behind it.</summary>
    /// <param name="key">Lower-case path of letters, digits, <c>-</c>, <c>.</c> and <c>/</c>.</param>
    /// <param name="limit">More bytes than this end in <see cref="BlobTooLargeException"/>, and the blob is as long as <paramref name="offset"/> again.</param>
    /// <returns>The number of bytes written; they are on disk.</returns>
    Task<long> WriteAsync(string key, long offset, Stream content, long limit, CancellationToken aborted);

    /// <summary>Opens a blob for reading, seekable; <c>null</c> when there is none.</summary>
    Stream? OpenRead(string key);

    /// <summary>The blob's length in bytes; <c>null</c> when there is none.</summary>
    long? Length(string key);

    /// <summary>Where a blob lies as a file, for programs that read files; <c>null</c> when the store is no folder or there is no such blob.</summary>
    string? LocalPath(string key) => null;

    /// <summary>Removes a blob; nothing happens when there is none.</summary>
    void Delete(string key);
}

/// <summary>More bytes came than were announced or allowed.</summary>
public sealed class BlobTooLargeException(long limit) : IOException($"The upload is larger than the {limit} bytes allowed.")
{
    public long Limit => limit;
}
