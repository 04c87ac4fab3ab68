using Holdfast.Platform.Api;
using Holdfast.Platform.Profiles;

namespace Holdfast.Platform.Display;

/// <summary><c>POST /v2/video/list/</c> (§4.2): public videos, newest first; the cursor is in milliseconds.</summary>
internal static class VideoList
{
    private const int UsualCount = 10;
    private const int MostCount = 20;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/v2/video/list/", HandleAsync)
        .RequireAccess(withData: true, "video.list").LimitPerApp("video/list", 600);

    private static async Task<IResult> HandleAsync(HttpContext http, VideoStore videos, SiteLinks links)
    {
        var access = http.Access();
        var (fields, problem) = FieldList.Read(http.Request, VideoFields.Has);
        if (problem is not null)
            return ApiAnswer.RefusedWithData(problem);
        if (await ApiBody.ReadAsync(http.Request) is not { } body)
            return ApiAnswer.RefusedWithData(ApiError.InvalidParams("The request body is not valid JSON."));
        if ((body.Member("max_count") is not null && body.Whole("max_count") is not (>= 1 and <= MostCount)) || (body.Member("cursor") is not null && body.Whole("cursor") is not >= 0))
            return ApiAnswer.RefusedWithData(ApiError.InvalidParams("max_count is 1 to 20 and cursor a time in milliseconds."));

        var count = (int)(body.Whole("max_count") ?? UsualCount);
        // 0 is what a client sends for "from the start".
        var before = body.Whole("cursor") is { } cursor and > 0 ? cursor : long.MaxValue;
        var creator = await videos.FindCreatorAsync(access.CreatorId, http.RequestAborted)
            ?? throw new InvalidOperationException($"The account {access.CreatorId} has a token but no profile.");
        var found = await videos.ListPublicAsync(access.CreatorId, before, count + 1, http.RequestAborted);
        var page = found.Take(count).ToList();
        return ApiAnswer.Ok(data =>
        {
            VideoFields.Write(data, page.Select(video => new VideoData(video, creator.UserName, access.ClientKey, links)), fields);
            data.WriteNumber("cursor", page.Count > 0 ? page[^1].CreatedAt.ToUnixTimeMilliseconds() : before == long.MaxValue ? 0 : before);
            data.WriteBoolean("has_more", found.Count > count);
        });
    }
}
