using System.Security.Cryptography;
using Holdfast.Platform.Tokens;
using Holdfast.Shell.Guards;
using Holdfast.Storage.Blobs;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Holdfast.Platform.Posting;

/// <summary><c>PUT {upload_url}</c>: one chunk, straight to the blob store (§5.6). Its bytes count only once they are on disk.</summary>
internal sealed class PutChunk(UploadStore uploads, UploadWriters writers, IGrowingBlobStore blobs, TimeProvider clock, ILogger<PutChunk> log)
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/video/", (HttpContext http, PutChunk chunk) => chunk.RunAsync(http))
        .WithMetadata(new TakesForeignCalls()).AllowAnonymous().DisableAntiforgery();

    private async Task RunAsync(HttpContext http)
    {
        var request = http.Request;
        // Refused chunks are read to their end as well: a client that is still sending would meet a broken connection instead of our answer.
        Limit(http, ChunkPlan.LargestLastChunk);
        if (request.Query["upload_id"] is not [{ Length: > 0 and < 64 } id] || request.Query["upload_token"] is not [{ Length: < 200 } token])
        {
            Answer(http, StatusCodes.Status404NotFound, null);
            return;
        }

        using var writer = await writers.TakeAsync(id, http.RequestAborted);
        // Read only now: nobody else on this node moves the upload on while we write.
        var upload = await uploads.FindAsync(id, writer.Ending);
        if (upload is null || !CryptographicOperations.FixedTimeEquals(upload.TokenDigest, TokenText.Digest(token)))
        {
            Answer(http, StatusCodes.Status404NotFound, null);
            return;
        }

        var (refusal, first) = Check(request, upload);
        if (refusal is { } status)
        {
            await SkipAsync(request.Body, writer.Ending);
            Answer(http, status, upload);
            return;
        }

        var length = upload.Plan.LengthAt(first);
        var failed = await WriteAsync(upload, first, length, request.Body, writer.Ending);
        if (writer.Ending.IsCancellationRequested)
            http.Abort(); // a newer request has taken over, or the client is gone: nobody listens here
        else if (failed is not null)
            Answer(http, failed.Value, null);
        else if (await uploads.AcknowledgeAsync(upload, first, first + length))
            Answer(http, first + length == upload.VideoSize ? StatusCodes.Status201Created : StatusCodes.Status206PartialContent, upload with { ReceivedBytes = first + length });
        else
            Answer(http, StatusCodes.Status403Forbidden, null);
    }

    private (int? Refusal, long First) Check(HttpRequest request, Upload upload)
    {
        if (clock.GetUtcNow() >= upload.UrlExpiresAt || (upload.State == UploadState.Failed && upload.ReceivedBytes < upload.VideoSize))
            return (StatusCodes.Status403Forbidden, 0);
        if (request.Headers.ContentRange is not [var header] || ContentRange.Read(header) is not { } range || range.Total != upload.VideoSize || !IsVideo(request.ContentType) || request.ContentLength != range.Length)
            return (StatusCodes.Status400BadRequest, 0);
        // Also a chunk that is already here: the answer says how far we are, and the client goes on from there.
        if (range.First != upload.ReceivedBytes)
            return (StatusCodes.Status416RangeNotSatisfiable, 0);
        return (range.Length == upload.Plan.LengthAt(range.First) ? null : StatusCodes.Status400BadRequest, range.First);
    }

    /// <summary>Writes one chunk and flushes it to the disk; a status when that failed, and then the same chunk may come again.</summary>
    private async Task<int?> WriteAsync(Upload upload, long first, long length, Stream body, CancellationToken ending)
    {
        try
        {
            return await blobs.WriteAtAsync(upload.BlobKey, first, body, length, ending) == length ? null : StatusCodes.Status400BadRequest;
        }
        catch (BadHttpRequestException bad)
        {
            log.ChunkCutShort(upload.Id, first);
            return bad.StatusCode;
        }
        catch (Exception gone) when (gone is ConnectionResetException or OperationCanceledException)
        {
            log.ChunkCutShort(upload.Id, first);
            return StatusCodes.Status503ServiceUnavailable;
        }
        catch (BlobTooLargeException)
        {
            return StatusCodes.Status400BadRequest;
        }
        catch (IOException broken)
        {
            log.ChunkNotWritten(broken, upload.Id, first);
            return StatusCodes.Status500InternalServerError;
        }
    }

    private static async Task SkipAsync(Stream body, CancellationToken ending)
    {
        try
        {
            await body.CopyToAsync(Stream.Null, ending);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // Too large, too slow or gone: the answer is the same.
        }
    }

    private static void Limit(HttpContext http, long bytes)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = bytes;
    }

    private static bool IsVideo(string? type) => type?.Split(';')[0].Trim().ToLowerInvariant() is "video/mp4" or "video/quicktime" or "video/webm";

    private static void Answer(HttpContext http, int status, Upload? upload)
    {
        http.Response.StatusCode = status;
        http.Response.ContentLength = 0;
        if (upload is not null)
            http.Response.Headers.ContentRange = ContentRange.Arrived(upload.ReceivedBytes, upload.VideoSize);
    }
}
