using Holdfast.Platform.Developers;
using Holdfast.Shell.Pages;

namespace Holdfast.Platform.Requests;

/// <summary><c>/developers/apps/{id}/requests</c>: an app's own calls, and nobody else's (attack case 52).</summary>
internal static class AppRequests
{
    private const int Shown = 50;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapApp().MapGet("/requests", async (HttpContext http, RequestRows rows, WriteRequestLog write, CancellationToken aborted) =>
    {
        var app = http.OwnApp().App;
        await write.NowAsync();
        var search = RequestSearch.Read(http.Request.Query, app.Id);
        return Page.Show<AppRequestsPage>(new
        {
            Client = app,
            Requests = await rows.ListAsync(search, Shown, aborted),
            search.LogId,
            search.Place,
            search.OnlyErrors,
            Length = Shown,
        });
    });
}
