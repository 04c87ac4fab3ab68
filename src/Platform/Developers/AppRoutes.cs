using Holdfast.People.Sessions;

namespace Holdfast.Platform.Developers;

/// <summary>Where every endpoint on one app is mapped, also those of other features.</summary>
internal static class AppRoutes
{
    /// <summary>A group below <c>/developers/apps/{id}</c>: who is signed in and may act on the app gets in, for everybody else it is not there (attack case 91). Statements still say <see cref="AppAccess.IsMine"/>: what changes in between counts.</summary>
    public static RouteGroupBuilder MapApp(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/developers/apps/{id}").RequireAuthorization();
        group.AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            var id = http.GetRouteValue("id") as string ?? "";
            if (await http.RequestServices.GetRequiredService<AppRegistry>().FindAsync(http.User.Id(), id, http.RequestAborted) is not { } app)
                return TypedResults.NotFound();
            http.Features.Set(app);
            return await next(context);
        });
        return group;
    }

    /// <summary>The app of a request to <see cref="MapApp"/>, as it was when the request arrived.</summary>
    public static AppDetail OwnApp(this HttpContext http) => http.Features.Get<AppDetail>() ?? throw new InvalidOperationException("This endpoint is not mapped below MapApp().");
}
