using Holdfast.Shell.Pages;
using Microsoft.AspNetCore.Antiforgery;

namespace Holdfast.Studio.Home;

internal static class HomeEndpoints
{
    public static void AddHome(this IServiceCollection services) => services.AddSingleton<HomeStore>().AddSingleton<StepsCookie>();

    public static void MapHome(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", () => Page.Show<HomePage>()).RequireAuthorization();
        routes.MapPost("/home/steps/hide", (HttpContext context, StepsCookie cookie) =>
        {
            cookie.Hide(context);
            return TypedResults.LocalRedirect("/");
        }).RequireAuthorization().WithMetadata(new RequireAntiforgeryTokenAttribute());
    }
}
