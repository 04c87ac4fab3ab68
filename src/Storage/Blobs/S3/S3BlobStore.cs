using System.Buffers;
using System.Globalization;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace Holdfast.Storage.Blobs.S3;

/// <summary>Blobs as objects of one bucket. A blob is there when all of it is, so no reader ever sees half of one.</summary>
public sealed class S3BlobStore : IBlobStore, IDisposable
{
    /// <summary>What is held in memory of an upload. Amazon takes parts from 5 MB on and 10,000 of them.</summary>
    public const int PartSize = 8 * 1024 * 1024;

    /// <summary>For a question and all its repetitions: who asks holds a claim for longer than that.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    /// <summary>For a part on a slow line, its repetitions included.</summary>
    private static readonly TimeSpan PartDeadline = TimeSpan.FromMinutes(10);

    private readonly S3Wire wire = new(PartDeadline);
    private readonly AmazonS3Client client;
    private readonly string bucket;
    private readonly string prefix;
    private readonly TimeProvider clock;

    /// <exception cref="ArgumentException">The settings have a <see cref="S3Options.Problem"/>.</exception>
    public S3BlobStore(S3Options options, TimeProvider clock, int retries = 3)
    {
        if (options.Problem is { } problem)
            throw new ArgumentException(problem, nameof(options));
        (bucket, prefix, this.clock) = (options.Bucket!, options.Prefix, clock); // no problem, so it is there
        var config = new AmazonS3Config
        {
            AuthenticationRegion = options.Region,
            ForcePathStyle = options.PathStyle ?? !string.IsNullOrWhiteSpace(options.Endpoint),
            Timeout = PartDeadline,
            MaxErrorRetry = retries,
            HttpClientFactory = wire,
            // Many stores know none of the newer checksums; each request is signed over its own bytes anyway.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (string.IsNullOrWhiteSpace(options.Endpoint))
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region);
        else
            config.ServiceURL = options.Endpoint;
        client = string.IsNullOrWhiteSpace(options.AccessKey) ? new AmazonS3Client(config) : new AmazonS3Client(new BasicAWSCredentials(options.AccessKey, options.SecretKey), config);
    }

    public void Dispose()
    {
        client.Dispose();
        wire.Dispose();
    }

    public async Task<long> WriteAsync(string key, Stream content, long limit, CancellationToken aborted)
    {
        var name = NameOf(key);
        // What may be small is held small: covers and avatars come often.
        var part = ArrayPool<byte>.Shared.Rent(limit < PartSize ? (int)limit + 1 : PartSize);
        var length = await WriteAsync(name, content, part, limit, aborted);
        // Only now: a request that was given up may still read from it, and the next owner's bytes are not for its object.
        ArrayPool<byte>.Shared.Return(part);
        return length;
    }

    private async Task<long> WriteAsync(string name, Stream content, byte[] part, long limit, CancellationToken aborted)
    {
        var count = await NextPartAsync(content, part, aborted);
        if (count > limit)
            throw new BlobTooLargeException(limit);
        if (count == PartSize)
            return await WritePartsAsync(name, content, part, limit, aborted);
        await AskAsync(PartDeadline, ended => client.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = name, InputStream = new MemoryStream(part, 0, count, writable: false), UseChunkEncoding = false }, ended), aborted);
        return count;
    }

    public async Task<Stream?> OpenReadAsync(string key, CancellationToken aborted)
    {
        var name = NameOf(key);
        if (await LookAsync(name, aborted) is not var (length, tag))
            return null;
        // All of it from one and the same object, however often it is opened again.
        return new S3ReadStream(length, clock, (from, given) => AskAsync(
            Deadline, ended => client.GetObjectAsync(new GetObjectRequest { BucketName = bucket, Key = name, ByteRange = new ByteRange(from, length - 1), EtagToMatch = tag }, ended), given));
    }

    public async Task<long?> LengthAsync(string key, CancellationToken aborted) => (await LookAsync(NameOf(key), aborted))?.Length;

    public Task DeleteAsync(string key)
    {
        var name = NameOf(key);
        return AskAsync(Deadline, ended => client.DeleteObjectAsync(bucket, name, ended), CancellationToken.None);
    }

    /// <param name="part">Holds the first one.</param>
    private async Task<long> WritePartsAsync(string name, Stream content, byte[] part, long limit, CancellationToken aborted)
    {
        var upload = (await AskAsync(Deadline, ended => client.InitiateMultipartUploadAsync(bucket, name, ended), aborted)).UploadId;
        try
        {
            var parts = new List<PartETag>();
            var written = 0L;
            for (var count = PartSize; count > 0; count = await NextPartAsync(content, part, aborted))
            {
                written += count;
                if (written > limit)
                    throw new BlobTooLargeException(limit);
                var (number, bytes) = (parts.Count + 1, new MemoryStream(part, 0, count, writable: false));
                var sent = await AskAsync(PartDeadline, ended => client.UploadPartAsync(
                    new UploadPartRequest { BucketName = bucket, Key = name, UploadId = upload, PartNumber = number, PartSize = bytes.Length, InputStream = bytes, UseChunkEncoding = false }, ended), aborted);
                parts.Add(new PartETag(number, sent.ETag));
            }
            await AskAsync(PartDeadline, ended => client.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest { BucketName = bucket, Key = name, UploadId = upload, PartETags = parts }, ended), aborted);
            return written;
        }
        catch
        {
            await DropAsync(name, upload);
            throw;
        }
    }

    // Parts of an upload that never ends cost money. Where this fails too, a rule of the bucket takes them away (docs/operations.md).
    private async Task DropAsync(string name, string upload)
    {
        try
        {
            await AskAsync(Deadline, ended => client.AbortMultipartUploadAsync(bucket, name, upload, ended), CancellationToken.None);
        }
        catch (BlobStoreException)
        {
            // What went wrong first is what is told.
        }
    }

    /// <summary>Length and tag, of the first byte alone: asked with HEAD, a store cannot say whether the object is missing or the whole bucket.</summary>
    private async Task<(long Length, string Tag)?> LookAsync(string name, CancellationToken aborted)
    {
        try
        {
            using var first = await AskAsync(Deadline, ended => client.GetObjectAsync(new GetObjectRequest { BucketName = bucket, Key = name, ByteRange = new ByteRange(0, 0) }, ended), aborted);
            var whole = first.ContentRange?.Split('/')[^1];
            return long.TryParse(whole, NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? (length, first.ETag) : throw new BlobStoreException("The media store does not say how long the object is.");
        }
        catch (BlobStoreException missing) when (missing.Code is "NoSuchKey")
        {
            return null;
        }
        catch (BlobStoreException empty) when (empty.Code is "InvalidRange")
        {
            return (0, "");
        }
    }

    private static ValueTask<int> NextPartAsync(Stream content, byte[] part, CancellationToken aborted) =>
        content.ReadAtLeastAsync(part.AsMemory(0, Math.Min(PartSize, part.Length)), Math.Min(PartSize, part.Length), throwOnEndOfStream: false, aborted);

    private string NameOf(string key) => prefix + BlobKey.Check(key);

    /// <remarks>The store's own words stay out: they may quote what was sent.</remarks>
    /// <exception cref="OperationCanceledException"><paramref name="aborted"/> was.</exception>
    private async Task<T> AskAsync<T>(TimeSpan deadline, Func<CancellationToken, Task<T>> ask, CancellationToken aborted)
    {
        using var late = new CancellationTokenSource(deadline, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, aborted);
        var asked = Task.FromCanceled<T>(new CancellationToken(canceled: true));
        try
        {
            asked = ask(either.Token);
            return await asked.WaitAsync(either.Token); // there are places in which it does not look at its token
        }
        catch (AmazonServiceException refused) when (!string.IsNullOrEmpty(refused.ErrorCode))
        {
            throw new BlobStoreException($"The media store refused with {refused.ErrorCode}{(string.IsNullOrEmpty(refused.RequestId) ? "" : $" (request {refused.RequestId})")}.", refused.ErrorCode, refused.StatusCode);
        }
        // Its kind is any client's failure; what follows in its words tells of every place that was looked in.
        catch (AmazonClientException keyless) when (keyless.Message.StartsWith("Failed to resolve AWS credentials", StringComparison.Ordinal))
        {
            throw new BlobStoreException("There are no keys for the media store: set HOLDFAST_S3__AccessKey and HOLDFAST_S3__SecretKey, or give this machine a role.", BlobStoreException.NoKeys, inner: keyless);
        }
        catch (OperationCanceledException) when (aborted.IsCancellationRequested)
        {
            Forget(asked);
            throw;
        }
        catch (Exception silent)
        {
            Forget(asked);
            throw new BlobStoreException($"The media store did not answer: {(silent is OperationCanceledException ? "it took too long" : silent.GetBaseException().Message)}", inner: silent);
        }
    }

    // An answer that nobody waits for any more closes its connection when it comes.
    private static void Forget<T>(Task<T> asked) =>
        asked.ContinueWith(late => (late.IsCompletedSuccessfully ? late.Result as IDisposable : null)?.Dispose(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
