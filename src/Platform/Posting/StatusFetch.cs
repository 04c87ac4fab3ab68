using System.Globalization;
using Holdfast.Platform.Api;
using Holdfast.Platform.Profiles;

namespace Holdfast.Platform.Posting;

/// <summary><c>POST /v2/post/publish/status/fetch/</c> (§5.7).</summary>
internal static class StatusFetch
{
    private static readonly ApiError InvalidPublishId = new(400, "invalid_publish_id", "The publish_id does not exist.");
    private static readonly ApiError NotYours = new(400, "token_not_authorized_for_specified_publish_id", "The access token is not authorized for this publish_id.");

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/v2/post/publish/status/fetch/", HandleAsync)
        .RequireAccess(withData: false, "video.publish", "video.upload").LimitPerAccount("status/fetch", 30);

    private static async Task<IResult> HandleAsync(HttpContext http, UploadStore uploads, VideoStore videos, TimeProvider clock)
    {
        var access = http.Access();
        if (await ApiBody.ReadAsync(http.Request) is not { } body)
            return ApiAnswer.Refused(ApiError.InvalidParams("The request body is not valid JSON"));
        if (body.Text("publish_id") is not { Length: > 0 and <= 64 } publishId || await uploads.FindByPublishIdAsync(publishId, http.RequestAborted) is not { } upload)
            return ApiAnswer.Refused(InvalidPublishId);
        if (upload.CreatorId != access.CreatorId || upload.AppId != access.AppId)
            return ApiAnswer.Refused(NotYours);

        var isPublic = upload.VideoId is not null && await videos.FindAsync(upload.VideoId, http.RequestAborted) is { PublicAt: { } publicAt } && publicAt <= clock.GetUtcNow();
        return ApiAnswer.Ok(data =>
        {
            data.WriteString("status", upload.State switch
            {
                UploadState.Published => "PUBLISH_COMPLETE",
                UploadState.Failed => "FAILED",
                _ => "PROCESSING_UPLOAD",
            });
            if (upload.FailReason is not null)
                data.WriteString("fail_reason", upload.FailReason);
            if (isPublic)
            {
                data.WriteStartArray("publicaly_available_post_id"); // spelled like this on the wire
                data.WriteNumberValue(long.Parse(upload.VideoId!, CultureInfo.InvariantCulture)); // a public video has an id
                data.WriteEndArray();
            }
            data.WriteNumber("uploaded_bytes", upload.ReceivedBytes);
        });
    }
}
