using Holdfast.Platform.Overrides;
using Holdfast.Platform.Weather;
using Holdfast.Shell.Pages;

namespace Holdfast.Platform.Console.Pages;

internal static class WeatherPages
{
    public static void Map(IEndpointRouteBuilder console)
    {
        console.MapGet("", async (string? done, WeatherStore weather, CancellationToken aborted) => Page.Show<WeatherPage>(new { Active = await weather.ListAsync(aborted), Done = done }));
        console.MapPost("/weather/start", async (IFormCollection form, HttpContext http, WeatherStore weather, HearConsole hear, CancellationToken aborted) =>
        {
            if (Stories.Find(form["story"].ToString()) is not { } story)
                return TypedResults.NotFound();
            await weather.StartAsync(story, null, aborted);
            await hear.LookAsync();
            return ConsolePlace.Weather.Back(http, "started");
        });
        console.MapPost("/weather/stop", async (IFormCollection form, HttpContext http, WeatherStore weather, HearConsole hear, CancellationToken aborted) =>
        {
            await weather.StopAsync(form["story"].ToString(), aborted);
            await hear.LookAsync();
            return ConsolePlace.Weather.Back(http, "stopped");
        });
        console.MapGet("/api", () => Page.Show<ApiPage>());
    }
}
