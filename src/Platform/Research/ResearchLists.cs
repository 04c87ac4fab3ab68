using Holdfast.Platform.Api;
using Holdfast.Platform.Audience;
using Holdfast.Platform.Profiles;

namespace Holdfast.Platform.Research;

/// <summary><c>POST /v2/research/user/followers/</c> and <c>…/following/</c> (§8): of any public account; the cursor is in seconds and includes its second.</summary>
internal static class ResearchLists
{
    private const int UsualCount = 20;
    private const int MostCount = 100;

    public static void Map(IEndpointRouteBuilder routes, string name, AudienceList list) => routes
        .MapPost($"/v2/research/user/{name}/", (HttpContext http, VideoStore creators, Follows follows, ResearchQuota quota, TimeProvider clock) => HandleAsync(http, creators, follows, quota, clock, list, $"user_{name}"))
        .Require(withData: true, (http, refuse) => http.RequestServices.GetRequiredService<ResearchAccess>().CheckAsync(http, refuse));

    private static async Task<IResult> HandleAsync(HttpContext http, VideoStore creators, Follows follows, ResearchQuota quota, TimeProvider clock, AudienceList list, string member)
    {
        var app = http.Features.Get<ResearchingApp>()!; // the check before this handler set it
        if (!await quota.TryAsync(app.AppId, http.RequestAborted))
            return ApiAnswer.RefusedWithData(ApiError.RateLimitExceeded);
        if (await ApiBody.ReadAsync(http.Request) is not { } body)
            return ApiAnswer.RefusedWithData(ApiError.InvalidParams("The request body is not valid JSON."));
        if ((body.Member("max_count") is not null && body.Whole("max_count") is not (>= 1 and <= MostCount)) || (body.Member("cursor") is not null && body.Whole("cursor") is not (>= 0 and <= ResearchPage.LatestSecond)))
            return ApiAnswer.RefusedWithData(ApiError.InvalidParams("max_count is 1 to 100 and cursor a time in seconds."));
        // A private account's lists are nobody's to research, and nobody learns whether there is one.
        if (body.Text("username") is not { Length: > 0 } name || await creators.FindCreatorByNameAsync(name, http.RequestAborted) is not { IsPrivate: false } creator)
            return ApiAnswer.RefusedWithData(ApiError.InvalidParams("The username is missing, or there is no public account of that name."));

        var count = (int)(body.Whole("max_count") ?? UsualCount);
        var from = body.Whole("cursor") is { } cursor and > 0 ? cursor : clock.GetUtcNow().ToUnixTimeSeconds();
        var found = await follows.ListAsync(creator.Id, list, (from + 1) * 1_000, count + 1, http.RequestAborted);
        var (people, next, hasMore) = ResearchPage.Of(found, count, from);
        await quota.CountAsync(app.AppId, people.Count, http.RequestAborted);
        return ApiAnswer.Ok(data =>
        {
            data.WriteStartArray(member);
            foreach (var person in people)
            {
                data.WriteStartObject();
                data.WriteString("display_name", person.DisplayName);
                data.WriteString("username", person.UserName);
                data.WriteEndObject();
            }
            data.WriteEndArray();
            data.WriteNumber("cursor", next);
            data.WriteBoolean("has_more", hasMore);
        });
    }
}
