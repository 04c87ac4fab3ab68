using Holdfast.People;
using Holdfast.Shell.Live;
using Holdfast.Studio.Workspaces;
using Microsoft.AspNetCore.Mvc;

namespace Holdfast.Studio.Shell;

internal static class ShellEndpoints
{
    public static void MapStudioShell(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/live", (CurrentWorkspace workspace, LiveStreams live, CancellationToken aborted) =>
            workspace.IsKnown ? live.For(workspace.LiveTopic, aborted) : TypedResults.NotFound()).RequireAuthorization();
        routes.MapPost("/theme", (HttpContext context, Theme themes, [FromForm] string? theme, [FromForm] string? back) =>
        {
            themes.Choose(context, theme);
            return Results.LocalRedirect(LocalPath.Or(back, "/"));
        });
    }
}
