using System.Globalization;
using Holdfast.Platform.Requests;
using Holdfast.Shell.Language;

namespace Holdfast.Platform.Console.Api;

/// <summary><c>/console/api/requests</c>.</summary>
internal static class RequestsApi
{
    private const int Usual = 100;
    private const int Most = 1_000;

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/requests", async (HttpContext http, RequestRows rows, WriteRequestLog write, RequestLog log, Texts texts, CancellationToken aborted) =>
    {
        if (http.Request.Query["limit"] is [{ } text] && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked is >= 1 and <= Most))
            return ConsoleAnswer.Refused(400, texts["console.refused.limit", Most]);
        await write.NowAsync();
        var limit = http.Request.Query["limit"] is [{ } given] ? int.Parse(given, CultureInfo.InvariantCulture) : Usual;
        var search = RequestSearch.Read(http.Request.Query, appId: null) with { ClientKey = http.Request.Query["client_key"] is [{ Length: > 0 } key] ? key : null };
        return ConsoleAnswer.Of(new { Requests = (await rows.ListAsync(search, limit, aborted)).Select(View), log.Dropped });
    });

    private static object View(LoggedRequest request) => new
    {
        request.LogId,
        request.At,
        request.Place,
        request.Method,
        request.Status,
        request.Code,
        DurationMs = request.DurationUs / 1000d,
        request.Fault,
        request.ClientKey,
        App = request.AppName,
        request.OpenId,
        Account = request.UserName,
        request.UserAgent,
    };
}
