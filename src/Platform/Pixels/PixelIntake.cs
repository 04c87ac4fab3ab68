using System.Reflection;
using Holdfast.People.Sessions;
using Holdfast.Platform.Api;
using Holdfast.Shell.Guards;

namespace Holdfast.Platform.Pixels;

/// <summary><c>/pixel/{id}.js</c> and <c>/pixel/events</c>: for every site's pages, without cookies, and with limits, since anybody can call them.</summary>
internal static class PixelIntake
{
    private const int EventsPerMinute = 300;
    private const int FromOneNetwork = 60;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/pixel/{id}.js", ScriptAsync).AllowAnonymous().WithMetadata(new LoadsElsewhere());
        routes.MapPost("/pixel/events", TakeAsync).AllowAnonymous().DisableAntiforgery().WithMetadata(new TakesForeignCalls(), new LoadsElsewhere());
        routes.MapMethods("/pixel/events", [HttpMethods.Options], (HttpContext http) =>
        {
            // The script needs no asking first; whoever sends application/json does.
            Open(http.Response);
            http.Response.Headers.AccessControlAllowMethods = "POST";
            http.Response.Headers.AccessControlAllowHeaders = "Content-Type";
            http.Response.Headers.AccessControlMaxAge = "600";
            return TypedResults.NoContent();
        }).AllowAnonymous().WithMetadata(new LoadsElsewhere());
    }

    private static async Task<IResult> ScriptAsync(string id, HttpContext http, PixelStore pixels, CancellationToken aborted)
    {
        if (!await pixels.ExistsAsync(id, aborted))
            return TypedResults.NotFound();
        http.Response.Headers.CacheControl = "public, max-age=300";
        return TypedResults.Stream(Assembly.GetExecutingAssembly().GetManifestResourceStream("Assets/pixel.js")!, "text/javascript; charset=utf-8"); // ships with us
    }

    private static async Task<IResult> TakeAsync(HttpContext http, PixelStore pixels, RateLimits limits, CancellationToken aborted)
    {
        Open(http.Response);
        if (!await limits.TryAsync($"pixel-from:{Network.Of(http.Connection.RemoteIpAddress?.ToString() ?? "")}", FromOneNetwork, aborted))
            return TypedResults.StatusCode(StatusCodes.Status429TooManyRequests);
        if (await BodyAsync(http.Request, aborted) is not { } body || PixelMessage.Read(body) is not { } told)
            return TypedResults.BadRequest();
        if (!await pixels.ExistsAsync(told.Pixel, aborted))
            return TypedResults.NotFound();
        if (!await limits.TryAsync($"pixel:{told.Pixel}", EventsPerMinute, aborted))
            return TypedResults.StatusCode(StatusCodes.Status429TooManyRequests);
        return await pixels.NoteAsync(told, isTest: false, aborted) ? TypedResults.NoContent() : TypedResults.NotFound();
    }

    // To everybody: nothing is answered that is anybody's, and no cookie comes along.
    private static void Open(HttpResponse response) => response.Headers.AccessControlAllowOrigin = "*";

    private static async Task<byte[]?> BodyAsync(HttpRequest request, CancellationToken aborted)
    {
        if (request.ContentLength > PixelMessage.LargestBody || request.Headers.ContentEncoding.Count > 0)
            return null;
        var buffer = new byte[PixelMessage.LargestBody + 1];
        var length = 0;
        while (length < buffer.Length && await request.Body.ReadAsync(buffer.AsMemory(length), aborted) is > 0 and var read)
            length += read;
        return length <= PixelMessage.LargestBody ? buffer[..length] : null;
    }
}
