using System.Globalization;
using System.Text.Json;
using Holdfast.Platform.Api;
using Holdfast.Platform.Profiles;

namespace Holdfast.Platform.Posting;

/// <summary><c>POST /v2/post/publish/status/fetch/</c> (§5.7).</summary>
internal static class StatusFetch
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/v2/post/publish/status/fetch/", HandleAsync)
        .RequireAccess(withData: false, "video.publish", "video.upload").LimitPerAccount("status/fetch", 30);

    private static async Task<IResult> HandleAsync(HttpContext http, OwnPosts posts, VideoStore videos)
    {
        switch (await posts.FindAsync(http))
        {
            case OwnPost.Refused(var problem):
                return ApiAnswer.Refused(problem);
            case OwnPost.Found(var upload):
                var isPublic = upload.VideoId is { } id && (await videos.QueryPublicAsync(upload.CreatorId, [id], http.RequestAborted)).Count == 1;
                return ApiAnswer.Ok(data => Write(data, upload, isPublic));
            default:
                throw new System.Diagnostics.UnreachableException("A post is found or refused.");
        }
    }

    private static void Write(Utf8JsonWriter data, Upload upload, bool isPublic)
    {
        data.WriteString("status", StatusOf(upload));
        if (upload.FailReason is not null)
            data.WriteString("fail_reason", upload.FailReason);
        if (isPublic)
        {
            data.WriteStartArray("publicaly_available_post_id"); // spelled like this on the wire
            data.WriteNumberValue(long.Parse(upload.VideoId!, CultureInfo.InvariantCulture)); // a public video has an id
            data.WriteEndArray();
        }
        data.WriteNumber(upload.Way == PostWay.Url ? "downloaded_bytes" : "uploaded_bytes", upload.ReceivedBytes);
    }

    private static string StatusOf(Upload upload) => upload.State switch
    {
        UploadState.Published => "PUBLISH_COMPLETE",
        UploadState.Failed => "FAILED",
        UploadState.InInbox or UploadState.Discarded => "SEND_TO_USER_INBOX",
        _ => upload.Way == PostWay.Url ? "PROCESSING_DOWNLOAD" : "PROCESSING_UPLOAD",
    };
}
