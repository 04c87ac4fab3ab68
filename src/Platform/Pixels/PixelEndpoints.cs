using Holdfast.People.Sessions;
using Holdfast.Platform.Shell;
using Holdfast.Shell.Hosting;
using Holdfast.Shell.Pages;
using Microsoft.AspNetCore.Mvc;

namespace Holdfast.Platform.Pixels;

/// <summary><c>/developers/pixels</c>: somebody else's pixel is not there.</summary>
internal static class PixelEndpoints
{
    private const string Place = "/developers/pixels";

    /// <summary>The event the test button makes.</summary>
    private const string TestName = "TestEvent";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup(Place).RequireAuthorization();
        pages.MapGet("", async (string? done, HttpContext http, PixelStore pixels, CancellationToken aborted) =>
            Page.Show<PixelsPage>(new { Pixels = await pixels.ListAsync(http.User.Id(), aborted), Done = done }));
        pages.MapPost("", AddAsync);
        pages.MapGet("/{id}", async (string id, string? done, HttpContext http, PixelStore pixels, AppOptions app, CancellationToken aborted) =>
            await pixels.FindAsync(http.User.Id(), id, aborted) is var (pixel, events)
                ? (IResult)Page.Show<PixelPage>(new { Pixel = pixel, Events = events, Snippet = PixelSnippet.Of(app.At($"/pixel/{pixel.Id}.js")), Done = done })
                : TypedResults.NotFound());
        pages.MapPost("/{id}/test", async (string id, IFormCollection form, HttpContext http, PixelStore pixels, AppOptions app, CancellationToken aborted) =>
        {
            if (await pixels.FindAsync(http.User.Id(), id, aborted) is null)
                return (IResult)TypedResults.NotFound();
            await pixels.NoteAsync(new PixelMessage(id, TestName, app.At(Place), ""), isTest: true, aborted);
            return SeeOther.To(http, $"{Place}/{id}?done=test");
        });
        pages.MapPost("/{id}/remove", async (string id, IFormCollection form, HttpContext http, PixelStore pixels, CancellationToken aborted) =>
        {
            await pixels.RemoveAsync(http.User.Id(), id, aborted);
            return SeeOther.To(http, Place + "?done=removed");
        });
    }

    private static async Task<IResult> AddAsync([FromForm] string? name, HttpContext http, PixelStore pixels, CancellationToken aborted)
    {
        var wanted = (name ?? "").Trim();
        if (wanted.Length is 0 or > PixelStore.LongestName)
            return Page.Show<PixelsPage>(new { Pixels = await pixels.ListAsync(http.User.Id(), aborted), Name = wanted, Problem = true }, StatusCodes.Status422UnprocessableEntity);
        return SeeOther.To(http, await pixels.AddAsync(http.User.Id(), wanted, aborted) is { } id ? $"{Place}/{id}" : Place + "?done=full");
    }
}
