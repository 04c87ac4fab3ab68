using Holdfast.Shell.Pages;

namespace Holdfast.Studio.Status;

/// <summary>The page for everybody, signed in or not: how things stand and what went wrong lately.</summary>
internal static class StatusEndpoints
{
    public static void AddStatus(this IServiceCollection services) => services.AddSingleton<StatusBoard>();

    public static void MapStatus(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/status", async (StatusBoard board) => Page.Show<StatusPage>(new { Standing = await board.NowAsync() })).AllowAnonymous();
}
