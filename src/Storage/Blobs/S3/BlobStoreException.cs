using System.Net;

namespace Holdfast.Storage.Blobs.S3;

/// <summary>The store refused, or did not answer.</summary>
/// <param name="code">Its own word, for example <c>NoSuchBucket</c>; <see cref="NoKeys"/>; <c>null</c> when there was no answer.</param>
public sealed class BlobStoreException(string message, string? code = null, HttpStatusCode? status = null, Exception? inner = null) : IOException(message, inner)
{
    /// <summary>As a code: nothing was sent, because there are no keys to sign it with.</summary>
    public const string NoKeys = "no-keys";

    public string? Code => code;

    public HttpStatusCode? Status => status;
}
