using Holdfast.Platform.Api;
using Holdfast.Platform.Authorize;

namespace Holdfast.Platform.Audience;

/// <summary><c>POST /v2/platform/user/followers/</c> and <c>…/following/</c>: an addition of this Platform (docs/decisions/0007), shaped like TikTok's research lists (§8) but for the token's own account.</summary>
internal static class AudienceApi
{
    private const int UsualCount = 20;
    private const int MostCount = 100;

    public static void Map(IEndpointRouteBuilder routes)
    {
        Map(routes, "followers", AudienceList.Followers);
        Map(routes, "following", AudienceList.Following);
    }

    private static void Map(IEndpointRouteBuilder routes, string name, AudienceList list) => routes
        .MapPost($"/v2/platform/user/{name}/", (HttpContext http, Follows follows) => HandleAsync(http, follows, list, $"user_{name}"))
        .RequireAccess(withData: true, KnownScopes.FollowList).LimitPerApp($"platform/{name}", 600);

    private static async Task<IResult> HandleAsync(HttpContext http, Follows follows, AudienceList list, string member)
    {
        if (await ApiBody.ReadAsync(http.Request) is not { } body)
            return ApiAnswer.RefusedWithData(ApiError.InvalidParams("The request body is not valid JSON."));
        if ((body.Member("max_count") is not null && body.Whole("max_count") is not (>= 1 and <= MostCount)) || (body.Member("cursor") is not null && body.Whole("cursor") is not >= 0))
            return ApiAnswer.RefusedWithData(ApiError.InvalidParams("max_count is 1 to 100 and cursor a time in milliseconds."));

        var count = (int)(body.Whole("max_count") ?? UsualCount);
        // 0 is what a client sends for "from the start".
        var before = body.Whole("cursor") is { } cursor and > 0 ? cursor : long.MaxValue;
        var found = await follows.ListAsync(http.Access().CreatorId, list, before, count + 1, http.RequestAborted);
        var page = found.Take(count).ToList();
        return ApiAnswer.Ok(data =>
        {
            data.WriteStartArray(member);
            foreach (var person in page)
            {
                data.WriteStartObject();
                data.WriteString("display_name", person.DisplayName);
                data.WriteString("username", person.UserName);
                data.WriteEndObject();
            }
            data.WriteEndArray();
            data.WriteNumber("cursor", page.Count > 0 ? page[^1].FollowedAt.ToUnixTimeMilliseconds() : before == long.MaxValue ? 0 : before);
            data.WriteBoolean("has_more", found.Count > count);
        });
    }
}
