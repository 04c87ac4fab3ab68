using Holdfast.Platform.Overrides;
using Holdfast.Shell.Language;
using Holdfast.Shell.Pages;

namespace Holdfast.Platform.Console.Pages;

internal static class ClockPages
{
    public static void Map(IEndpointRouteBuilder console)
    {
        console.MapGet("/clock", (string? done) => Page.Show<ClockPage>(new { Done = done }));
        console.MapPost("/clock", async (IFormCollection form, HttpContext http, OverrideStore store, HearConsole hear, Texts texts, CancellationToken aborted) =>
        {
            var by = SpanText.Read(form["by"]);
            if (by is null || await store.ShiftAsync(by, aborted) is null)
                return Page.Show<ClockPage>(new { By = form["by"].ToString(), Error = texts["console.shape.Span"] }, StatusCodes.Status422UnprocessableEntity);
            await hear.LookAsync();
            return ConsolePlace.Clock.Back(http, "clock-moved");
        });
        console.MapPost("/clock/back", async (IFormCollection _, HttpContext http, OverrideStore store, HearConsole hear, CancellationToken aborted) =>
        {
            await store.ShiftAsync(null, aborted);
            await hear.LookAsync();
            return ConsolePlace.Clock.Back(http, "clock-back");
        });
    }
}
