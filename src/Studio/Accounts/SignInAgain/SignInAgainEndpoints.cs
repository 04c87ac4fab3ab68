using Holdfast.People.Sessions;
using Holdfast.Shell.Pages;
using Holdfast.Studio.Workspaces;
using Microsoft.AspNetCore.Antiforgery;

namespace Holdfast.Studio.Accounts.SignInAgain;

internal static class SignInAgainEndpoints
{
    private const string Path = "/accounts/sign-in-again";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync).RequireAuthorization();
        routes.MapPost(Path, MoveAsync).RequireAuthorization().WithMetadata(new RequireAntiforgeryTokenAttribute());
    }

    private static async Task<IResult> ShowAsync(CurrentWorkspace workspace, MoveAccounts accounts, HttpContext http, WorkspaceStore workspaces, CancellationToken aborted) => Page.Show<SignInAgainPage>(new
    {
        Moving = await accounts.FindAsync(workspace.Id, aborted),
        IsOwner = await workspaces.IsOwnerAsync(workspace.Id, http.User.Id(), aborted),
    });

    private static async Task<IResult> MoveAsync(CurrentWorkspace workspace, MoveAccounts accounts, HttpContext http, WorkspaceStore workspaces, CancellationToken aborted)
    {
        if (!await workspaces.IsOwnerAsync(workspace.Id, http.User.Id(), aborted))
            return TypedResults.StatusCode(StatusCodes.Status403Forbidden);
        await accounts.RunAsync(workspace.Id);
        return Results.LocalRedirect(Path);
    }
}
