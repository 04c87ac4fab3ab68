using Holdfast.Platform.Api;
using Holdfast.Platform.Profiles;
using Microsoft.Extensions.Options;

namespace Holdfast.Platform.Posting;

/// <summary><c>POST /v2/post/publish/video/init/</c> (§5.3).</summary>
internal static class VideoInit
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/v2/post/publish/video/init/", HandleAsync)
        .RequireAccess(withData: false, "video.publish").LimitPerAccount("video/init", 6);

    private static async Task<IResult> HandleAsync(HttpContext http, UploadStore uploads, SiteLinks links, IOptions<PostingOptions> options)
    {
        var (request, problem) = InitRequest.Read(await ApiBody.ReadAsync(http.Request));
        if (request is null)
            return ApiAnswer.Refused(ApiError.InvalidParams(problem));

        switch (await uploads.BeginAsync(http.Access(), request, http.RequestAborted))
        {
            case InitResult.Begun begun:
                var host = options.Value.UploadBase?.GetLeftPart(UriPartial.Authority) ?? links.At("");
                return ApiAnswer.Ok(data =>
                {
                    data.WriteString("publish_id", begun.PublishId);
                    data.WriteString("upload_url", $"{host}/video/?upload_id={begun.UploadId}&upload_token={begun.UploadToken}");
                });
            case InitResult.Refused refused:
                return ApiAnswer.Refused(refused.Error);
            default:
                throw new System.Diagnostics.UnreachableException("A post begins or is refused.");
        }
    }
}
