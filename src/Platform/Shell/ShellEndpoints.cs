using Holdfast.Shell.Pages;

namespace Holdfast.Platform.Shell;

internal static class ShellEndpoints
{
    public static void MapPlatformShell(this IEndpointRouteBuilder routes) => routes.MapGet("/", () => Page.Show<HomePage>());
}
