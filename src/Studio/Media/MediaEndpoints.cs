using Holdfast.People.Sessions;
using Holdfast.Shell.Language;
using Holdfast.Storage.Blobs;
using Holdfast.Studio.Workspaces;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;

namespace Holdfast.Studio.Media;

/// <summary>Videos come in as a raw body, and go out in ranges so that a player can seek.</summary>
internal static class MediaEndpoints
{
    private const int LargestCover = 1024 * 1024;
    private const string ForAnHour = "private, max-age=3600";

    public static void MapMedia(this IEndpointRouteBuilder routes)
    {
        var media = routes.MapGroup("/media").RequireAuthorization();
        media.MapPost("/", UploadAsync);
        media.MapPost("/{id}/cover", CoverAsync);
        media.MapGet("/{id}", async (string id, HttpContext context, CurrentWorkspace workspace, MediaStore store, MediaFiles files, CancellationToken aborted) =>
            await store.FindAsync(workspace.Id, id, aborted) is { } found && await files.OpenReadAsync(found, aborted) is { } video ? Play(context, video, found.ContentType) : TypedResults.NotFound());
        media.MapGet("/{id}/cover", async (string id, HttpContext context, CurrentWorkspace workspace, MediaStore store, MediaFiles files, CancellationToken aborted) =>
            await store.FindAsync(workspace.Id, id, aborted) is { HasCover: true } found && await files.OpenCoverAsync(found, aborted) is { } cover ? Play(context, cover, "image/jpeg") : TypedResults.NotFound());
        media.MapGet("/samples/{name}", (string name, HttpContext context, Samples samples) =>
            samples.Find(name)?.OpenVideo() is { } video ? Play(context, video, VideoFacts.Mp4) : TypedResults.NotFound());
        media.MapGet("/samples/{name}/cover", (string name, HttpContext context, Samples samples) =>
            samples.Find(name)?.OpenCover() is { } cover ? Play(context, cover, "image/jpeg") : TypedResults.NotFound());
    }

    /// <summary>Lifts the host's small limit for a request that carries a video.</summary>
    public static void AllowVideo(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = VideoRules.Largest + LargestCover;
    }

    private static async Task<IResult> UploadAsync(HttpContext context, CurrentWorkspace workspace, ReceiveVideo receive, IAntiforgery forgery, Texts texts)
    {
        // By header: the body is the video and is not read for a token.
        if (!await forgery.IsRequestValidAsync(context))
            return Refused(StatusCodes.Status400BadRequest, texts["media.refused.stale"]);
        AllowVideo(context);
        var request = context.Request;
        var name = request.Headers["X-File-Name"].ToString();
        try
        {
            return await receive.RunAsync(workspace.Id, context.User.Id(), Uri.UnescapeDataString(name), request.Body, request.ContentLength, context.RequestAborted) switch
            {
                ReceiveAnswer.Received(var media) => TypedResults.Json(new Uploaded(media.Id, media.FileName, media.Url, (int?)media.Duration?.TotalSeconds), statusCode: StatusCodes.Status201Created),
                ReceiveAnswer.Refused(var key, var file) => Refused(StatusCodes.Status422UnprocessableEntity, texts[key, file]),
                var other => throw new System.Diagnostics.UnreachableException($"No answer for {other}."),
            };
        }
        catch (Exception gone) when (gone is OperationCanceledException or Microsoft.AspNetCore.Connections.ConnectionResetException && context.RequestAborted.IsCancellationRequested)
        {
            return TypedResults.Empty; // nobody is there to be told
        }
        catch (IOException failed) when (failed is not BlobTooLargeException)
        {
            return Refused(StatusCodes.Status503ServiceUnavailable, texts["media.refused.storage"]);
        }
    }

    private static async Task<IResult> CoverAsync(string id, HttpContext context, CurrentWorkspace workspace, MediaStore store, IBlobStore blobs, IAntiforgery forgery)
    {
        if (!await forgery.IsRequestValidAsync(context) || await store.FindAsync(workspace.Id, id) is not { Sample: null } media)
            return TypedResults.NotFound();
        var head = new byte[3];
        if (await context.Request.Body.ReadAtLeastAsync(head, 3, throwOnEndOfStream: false) < 3 || !head.AsSpan().SequenceEqual<byte>([0xFF, 0xD8, 0xFF]))
            return TypedResults.BadRequest();
        try
        {
            await blobs.WriteAsync(MediaFiles.CoverKey(media.Id), new HeadFirst(head, context.Request.Body), LargestCover, context.RequestAborted);
        }
        catch (BlobTooLargeException)
        {
            await blobs.DeleteAsync(MediaFiles.CoverKey(media.Id));
            return TypedResults.StatusCode(StatusCodes.Status413PayloadTooLarge);
        }
        await store.CoverArrivedAsync(workspace.Id, media.Id);
        return TypedResults.NoContent();
    }

    private static IResult Play(HttpContext context, Stream content, string type)
    {
        context.Response.Headers.CacheControl = ForAnHour;
        return TypedResults.Stream(content, type, enableRangeProcessing: true);
    }

    private static IResult Refused(int status, string sentence) => TypedResults.Json(new Refusal(sentence), statusCode: status);

    private sealed record Uploaded(string Id, string Name, string Url, int? Seconds);

    private sealed record Refusal(string Error);
}
