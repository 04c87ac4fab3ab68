using Holdfast.People.Sessions;
using Holdfast.Shell.Pages;
using Microsoft.AspNetCore.Mvc;

namespace Holdfast.Platform.Permissions;

/// <summary><c>/settings/apps</c>: who may use this account, and its end.</summary>
internal static class PermissionsFeature
{
    public static IServiceCollection AddPermissions(this IServiceCollection services) => services.AddSingleton<ConnectedApps>().AddSingleton<LastUse>();

    public static void MapPermissions(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/settings").RequireAuthorization();
        pages.MapGet("/apps", async (string? removed, HttpContext http, ConnectedApps apps, CancellationToken aborted) =>
            Page.Show<AppsPage>(new { Apps = await apps.ListAsync(http.User.Id(), aborted), Removed = removed is not null }));
        pages.MapPost("/apps/remove", async ([FromForm] string? id, HttpContext http, ConnectedApps apps) =>
        {
            if (!await apps.RemoveAsync(http, http.User.Id(), id ?? ""))
                return (IResult)TypedResults.NotFound();
            http.Response.Headers.Location = "/settings/apps?removed";
            return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
        });
    }
}
