using System.Text.Json;
using Holdfast.Platform.Api;
using Holdfast.Platform.Profiles;
using Holdfast.Shell.Outside;
using Microsoft.Extensions.Options;

namespace Holdfast.Platform.Posting.Init;

/// <summary>The three calls that begin a post: <c>video/init</c> (§5.3), <c>inbox/video/init</c> (§5.4) and <c>content/init</c> (§5.5).</summary>
internal static class InitEndpoints
{
    /// <summary>The oldest app in which a creator can finish a draft of photos (§5.5).</summary>
    private static readonly Version FinishesPhotos = new(31, 8);

    private static readonly ApiError AppTooOld = new(400, "app_version_check_failed", "The user's app is too old for this: 31.8 or newer is needed.");

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v2/post/publish/video/init/", PostAsync).RequireAccess(withData: false, "video.publish").LimitPerAccount("video/init", 6);
        routes.MapPost("/v2/post/publish/inbox/video/init/", DraftAsync).RequireAccess(withData: false, "video.upload").LimitPerAccount("inbox/video/init", 6);
        routes.MapPost("/v2/post/publish/content/init/", PhotosAsync).RequireAccess(withData: false, "video.publish", "video.upload").LimitPerAccount("content/init", 6);
    }

    private static Task<IResult> PostAsync(HttpContext http, BeginPost begin, OutsideFetch outside, SiteLinks links, IOptions<PostingOptions> options) =>
        VideoAsync(http, VideoRequest.ReadPost, begin, outside, links, options.Value);

    private static Task<IResult> DraftAsync(HttpContext http, BeginPost begin, OutsideFetch outside, SiteLinks links, IOptions<PostingOptions> options) =>
        VideoAsync(http, VideoRequest.ReadDraft, begin, outside, links, options.Value);

    private static async Task<IResult> VideoAsync(
        HttpContext http, Func<JsonElement?, Func<string, bool>, (InitRequest? Request, string Problem)> read, BeginPost begin, OutsideFetch outside, SiteLinks links, PostingOptions options)
    {
        var (request, problem) = read(await ApiBody.ReadAsync(http.Request), address => outside.ProblemWith(address) is null);
        return request is null ? ApiAnswer.Refused(ApiError.InvalidParams(problem)) : await BeginAsync(http, request, begin, links, options);
    }

    private static async Task<IResult> PhotosAsync(HttpContext http, BeginPost begin, OutsideFetch outside, SiteLinks links, IOptions<PostingOptions> options)
    {
        var body = await ApiBody.ReadAsync(http.Request);
        // The body says which of the two scopes it takes.
        if (PhotoRequest.ReadGoal(body) is { } goal && !http.Access().Scopes.Contains(goal == PostGoal.Inbox ? "video.upload" : "video.publish"))
            return ApiAnswer.Refused(ApiError.ScopeNotAuthorized);
        var (request, problem) = PhotoRequest.Read(body, address => outside.ProblemWith(address) is null);
        if (request is null)
            return ApiAnswer.Refused(ApiError.InvalidParams(problem));
        return request.Goal == PostGoal.Inbox && options.Value.CreatorsAppVersion < FinishesPhotos
            ? ApiAnswer.Refused(AppTooOld)
            : await BeginAsync(http, request, begin, links, options.Value);
    }

    private static async Task<IResult> BeginAsync(HttpContext http, InitRequest request, BeginPost begin, SiteLinks links, PostingOptions options)
    {
        switch (await begin.RunAsync(http.Access(), request, http.RequestAborted))
        {
            case InitResult.Begun begun:
                var host = options.UploadBase?.GetLeftPart(UriPartial.Authority) ?? links.At("");
                return ApiAnswer.Ok(data =>
                {
                    data.WriteString("publish_id", begun.PublishId);
                    if (begun.UploadToken is { } token)
                        data.WriteString("upload_url", $"{host}/video/?upload_id={begun.UploadId}&upload_token={token}");
                });
            case InitResult.Refused refused:
                return ApiAnswer.Refused(refused.Error);
            default:
                throw new System.Diagnostics.UnreachableException("A post begins or is refused.");
        }
    }
}
