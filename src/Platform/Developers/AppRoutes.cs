using Holdfast.People.Sessions;
using Holdfast.Platform.Developers.Audit;

namespace Holdfast.Platform.Developers;

/// <summary>Where every endpoint on one app is mapped, also those of other features.</summary>
internal static class AppRoutes
{
    /// <summary>A group below <c>/developers/apps/{id}</c>: who is signed in and may act on the app gets in; for everybody else it is not there, and its audit log says who tried (attack case 91).</summary>
    /// <remarks>Statements still say <see cref="AppAccess.IsMine"/>: what changes in between counts.</remarks>
    public static RouteGroupBuilder MapApp(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/developers/apps/{id}").RequireAuthorization();
        group.AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            var (person, id) = (http.User.Id(), http.GetRouteValue("id") as string ?? "");
            if (await http.RequestServices.GetRequiredService<AppRegistry>().FindAsync(person, id, http.RequestAborted) is not { } app)
            {
                await http.RequestServices.GetRequiredService<AppAudit>().RefusedAsync(person, id, http.RequestAborted);
                return TypedResults.NotFound();
            }
            http.Features.Set(app);
            return await next(context);
        });
        return group;
    }

    /// <summary>The app of a request to <see cref="MapApp"/>, as it was when the request arrived.</summary>
    public static AppDetail OwnApp(this HttpContext http) => http.Features.Get<AppDetail>() ?? throw new InvalidOperationException("This endpoint is not mapped below MapApp().");
}
