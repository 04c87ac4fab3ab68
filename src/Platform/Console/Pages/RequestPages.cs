using Holdfast.Platform.Requests;
using Holdfast.Shell.Pages;

namespace Holdfast.Platform.Console.Pages;

internal static class RequestPages
{
    private const int Shown = 100;

    public static void Map(IEndpointRouteBuilder console) => console.MapGet("/requests", async (HttpContext http, RequestRows rows, WriteRequestLog write, RequestLog log, CancellationToken aborted) =>
    {
        await write.NowAsync();
        var search = RequestSearch.Read(http.Request.Query, appId: null);
        return Page.Show<RequestsPage>(new
        {
            Requests = await rows.ListAsync(search, Shown, aborted),
            LogId = search.LogId,
            Place = search.Place,
            OnlyErrors = search.OnlyErrors,
            Length = Shown,
            log.Dropped,
        });
    });
}
