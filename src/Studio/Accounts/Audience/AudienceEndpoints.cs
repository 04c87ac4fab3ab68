using Holdfast.Shell.Pages;
using Holdfast.Studio.Workspaces;

namespace Holdfast.Studio.Accounts.Audience;

/// <summary><c>/accounts/{id}/followers</c> and <c>/following</c>.</summary>
internal static class AudienceEndpoints
{
    private const int PageLength = 50;

    public static void Map(IEndpointRouteBuilder routes)
    {
        Map(routes, "followers", AudienceList.Followers);
        Map(routes, "following", AudienceList.Following);
    }

    private static void Map(IEndpointRouteBuilder routes, string path, AudienceList list) => routes
        .MapGet($"/accounts/{{id}}/{path}", (string id, long? before, CurrentWorkspace workspace, ConnectionStore connections, ReadAudience audience, CancellationToken aborted) =>
            ShowAsync(id, before, list, workspace, connections, audience, aborted))
        .RequireAuthorization();

    private static async Task<IResult> ShowAsync(string id, long? before, AudienceList list, CurrentWorkspace workspace, ConnectionStore connections, ReadAudience audience, CancellationToken aborted)
    {
        if (await connections.FindAsync(workspace.Id, id, aborted) is not { } row)
            return TypedResults.NotFound();
        var cursor = before is > 0 ? before : null;
        return Page.Show<AudiencePage>(new { Row = row, List = list, Answer = await audience.PageAsync(row, list, cursor, PageLength, aborted), IsFirst = cursor is null });
    }
}
