using System.Text.Json;
using Holdfast.Platform.Api;
using Holdfast.Platform.Profiles;

namespace Holdfast.Platform.Display;

/// <summary><c>POST /v2/video/query/</c> (§4.3): public videos of this account by id; other ids are silently missing.</summary>
internal static class VideoQuery
{
    private const int MostIds = 20;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/v2/video/query/", HandleAsync)
        .RequireAccess(withData: true, "video.list").LimitPerApp("video/query", 600);

    private static async Task<IResult> HandleAsync(HttpContext http, VideoStore videos, SiteLinks links)
    {
        var access = http.Access();
        var (fields, problem) = FieldList.Read(http.Request, VideoFields.Has);
        if (problem is not null)
            return ApiAnswer.RefusedWithData(problem);
        if (Ids(await ApiBody.ReadAsync(http.Request)) is not { } ids)
            return ApiAnswer.RefusedWithData(ApiError.InvalidParams("filters.video_ids is required: 1 to 20 ids."));

        var creator = await videos.FindCreatorAsync(access.CreatorId, http.RequestAborted)
            ?? throw new InvalidOperationException($"The account {access.CreatorId} has a token but no profile.");
        var found = await videos.QueryPublicAsync(access.CreatorId, ids, http.RequestAborted);
        return ApiAnswer.Ok(data =>
        {
            VideoFields.Write(data, found.Select(video => new VideoData(video, creator.UserName, access.ClientKey, links)), fields);
            data.WriteNumber("cursor", 0);
            data.WriteBoolean("has_more", false);
        });
    }

    private static List<string>? Ids(JsonElement? body)
    {
        if (body?.Member("filters")?.Member("video_ids") is not { ValueKind: JsonValueKind.Array } list || list.GetArrayLength() is 0 or > MostIds)
            return null;
        var ids = list.EnumerateArray().Select(id => id.Text()).OfType<string>().ToList();
        return ids.Count == list.GetArrayLength() ? ids : null;
    }
}
