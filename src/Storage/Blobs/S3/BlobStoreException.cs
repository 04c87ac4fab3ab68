using System.Net;

namespace Holdfast.Storage.Blobs.S3;

/// <summary>The store refused, or did not answer.</summary>
/// <param name="code">Its own word, for example <c>NoSuchBucket</c>; <c>null</c> when there was no answer.</param>
public sealed class BlobStoreException(string message, string? code = null, HttpStatusCode? status = null, Exception? inner = null) : IOException(message, inner)
{
    public string? Code => code;

    public HttpStatusCode? Status => status;
}
