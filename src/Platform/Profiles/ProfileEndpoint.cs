using Holdfast.People.Sessions;
using Holdfast.Platform.Audience;
using Holdfast.Shell.Pages;

namespace Holdfast.Platform.Profiles;

/// <summary><c>/@name</c>: an account and its videos. The owner sees the private ones too.</summary>
internal static class ProfileEndpoint
{
    private const int PageLength = 24;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/@{name}", HandleAsync).AllowAnonymous();

    private static async Task<IResult> HandleAsync(string name, long? before, string? deleted, HttpContext http, VideoStore videos, Follows follows)
    {
        if (await videos.FindCreatorByNameAsync(name, http.RequestAborted) is not { } creator)
            return TypedResults.NotFound();

        var isOwner = http.User.IdOrNull() == creator.Id;
        var from = before is > 0 ? before.Value : long.MaxValue;
        var found = isOwner
            ? await videos.ListAllAsync(creator.Id, from, PageLength + 1, http.RequestAborted)
            : await videos.ListPublicAsync(creator.Id, from, PageLength + 1, http.RequestAborted);
        return Page.Show<ProfilePage>(new
        {
            Creator = creator,
            IsOwner = isOwner,
            IsFollowing = http.User.IdOrNull() is { } viewer && await follows.IsFollowingAsync(viewer, creator.Id, http.RequestAborted),
            Videos = (IReadOnlyList<Video>)[.. found.Take(PageLength)],
            Older = found.Count > PageLength ? found[PageLength - 1].CreatedAt.ToUnixTimeMilliseconds() : (long?)null,
            IsFirst = from == long.MaxValue,
            IsDeleted = isOwner && deleted is not null,
        });
    }
}
