using Holdfast.Platform.Api;
using Holdfast.Platform.Webhooks;
using Holdfast.Storage;

namespace Holdfast.Platform.Posting.Pull;

/// <summary><c>POST /v2/post/publish/cancel/</c> (§5.8): best effort, for posts that are being fetched. The answer has no <c>data</c>.</summary>
internal static class CancelPost
{
    private static readonly ApiError NotCancellable = new(400, "publish_not_cancellable", "The post can no longer be cancelled.");

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/v2/post/publish/cancel/", HandleAsync)
        .RequireAccess(withData: false, "video.publish", "video.upload").LimitPerAccount("cancel", 30);

    private static async Task<IResult> HandleAsync(HttpContext http, OwnPosts posts, PullStore pulls, UploadStore uploads, UrlProperties properties, Database database)
    {
        switch (await posts.FindAsync(http))
        {
            case OwnPost.Refused(var problem):
                return ApiAnswer.Refused(problem);
            case OwnPost.Found(var upload):
                return await CancelAsync(http, upload, pulls, uploads, properties, database);
            default:
                throw new System.Diagnostics.UnreachableException("A post is found or refused.");
        }
    }

    private static async Task<IResult> CancelAsync(HttpContext http, Upload upload, PullStore pulls, UploadStore uploads, UrlProperties properties, Database database)
    {
        foreach (var address in upload.SourceUrl is { } video ? [video] : (await uploads.PhotosAsync(upload.Id, http.RequestAborted)).Select(photo => photo.SourceUrl))
        {
            if (!await database.ReadAsync(session => properties.CoversAsync(session, upload.AppId, new Uri(address)), http.RequestAborted))
                return ApiAnswer.Refused(Init.PostingRule.Unowned);
        }
        return await pulls.CancelAsync(upload, http.RequestAborted) ? ApiAnswer.OkWithoutData() : ApiAnswer.Refused(NotCancellable);
    }
}
