using Holdfast.People.Sessions;
using Holdfast.Platform.Profiles;
using Holdfast.Shell.Pages;
using Microsoft.AspNetCore.Mvc;

namespace Holdfast.Platform.Audience;

/// <summary><c>/@name/followers</c>, <c>/@name/following</c> and the button between two people. A private account shows its lists to nobody else.</summary>
internal static class AudienceEndpoints
{
    private const int PageLength = 50;

    public static void Map(IEndpointRouteBuilder routes)
    {
        Map(routes, "followers", AudienceList.Followers);
        Map(routes, "following", AudienceList.Following);
        routes.MapPost("/@{name}/follow", FollowAsync).RequireAuthorization();
    }

    private static void Map(IEndpointRouteBuilder routes, string path, AudienceList list) =>
        routes.MapGet($"/@{{name}}/{path}", (string name, long? before, HttpContext http, VideoStore creators, Follows follows) => ShowAsync(name, before, list, http, creators, follows)).AllowAnonymous();

    private static async Task<IResult> ShowAsync(string name, long? before, AudienceList list, HttpContext http, VideoStore creators, Follows follows)
    {
        if (await creators.FindCreatorByNameAsync(name, http.RequestAborted) is not { } creator)
            return TypedResults.NotFound();
        var isHidden = creator.IsPrivate && http.User.IdOrNull() != creator.Id;
        var from = before is > 0 ? before.Value : long.MaxValue;
        var found = isHidden ? [] : await follows.ListAsync(creator.Id, list, from, PageLength + 1, http.RequestAborted);
        return Page.Show<AudiencePage>(new
        {
            Creator = creator,
            List = list,
            People = (IReadOnlyList<ListedPerson>)[.. found.Take(PageLength)],
            Older = found.Count > PageLength ? found[PageLength - 1].FollowedAt.ToUnixTimeMilliseconds() : (long?)null,
            IsHidden = isHidden,
            IsOwner = http.User.IdOrNull() == creator.Id,
            IsFirst = from == long.MaxValue,
        });
    }

    private static async Task<IResult> FollowAsync(string name, [FromForm] bool follow, HttpContext http, VideoStore creators, Follows follows)
    {
        if (await creators.FindCreatorByNameAsync(name, http.RequestAborted) is not { } creator)
            return TypedResults.NotFound();
        await (follow ? follows.FollowAsync(http.User.Id(), creator.Id, http.RequestAborted) : follows.UnfollowAsync(http.User.Id(), creator.Id, http.RequestAborted));
        return TypedResults.LocalRedirect(SiteLinks.ProfilePath(creator.UserName));
    }
}
