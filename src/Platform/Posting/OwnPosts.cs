using Holdfast.Platform.Api;

namespace Holdfast.Platform.Posting;

/// <summary>Finds the post that a call names by <c>publish_id</c>; it has to be this app's and this account's.</summary>
internal sealed class OwnPosts(UploadStore uploads)
{
    private static readonly ApiError InvalidPublishId = new(400, "invalid_publish_id", "The publish_id does not exist.");
    private static readonly ApiError NotYours = new(400, "token_not_authorized_for_specified_publish_id", "The access token is not authorized for this publish_id.");

    public async Task<OwnPost> FindAsync(HttpContext http)
    {
        var access = http.Access();
        if (await ApiBody.ReadAsync(http.Request) is not { } body)
            return new OwnPost.Refused(ApiError.InvalidParams("The request body is not valid JSON"));
        if (body.Text("publish_id") is not { Length: > 0 and <= 64 } publishId || await uploads.FindByPublishIdAsync(publishId, http.RequestAborted) is not { } upload)
            return new OwnPost.Refused(InvalidPublishId);
        return upload.CreatorId == access.CreatorId && upload.AppId == access.AppId ? new OwnPost.Found(upload) : new OwnPost.Refused(NotYours);
    }
}

internal abstract record OwnPost
{
    private OwnPost() { }

    public sealed record Found(Upload Upload) : OwnPost;

    public sealed record Refused(ApiError Error) : OwnPost;
}
