using Holdfast.Platform.Overrides;
using Holdfast.Platform.Weather;
using Holdfast.Shell.Language;

namespace Holdfast.Platform.Console.Api;

/// <summary><c>/console/api/weather</c>.</summary>
internal static class WeatherApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/weather", async (WeatherStore weather, CancellationToken aborted) =>
        {
            var active = await weather.ListAsync(aborted);
            return ConsoleAnswer.Of(new
            {
                Weather = Stories.All.Select(story => new
                {
                    story.Name,
                    Lasts = story.For,
                    active.FirstOrDefault(one => one.Story == story.Name)?.StartedAt,
                    active.FirstOrDefault(one => one.Story == story.Name)?.EndsAt,
                }),
            });
        });
        api.MapPost("/weather/{name}", StartAsync);
        api.MapDelete("/weather/{name}", async (string name, WeatherStore weather, HearConsole hear, Texts texts, CancellationToken aborted) =>
        {
            if (!await weather.StopAsync(name, aborted))
                return ConsoleAnswer.Refused(404, texts["console.refused.weather-off", Names]);
            await hear.LookAsync();
            return ConsoleAnswer.Of(new { Stopped = name });
        });
    }

    private static string Names => string.Join(", ", Stories.All.Select(story => story.Name));

    private static async Task<IResult> StartAsync(string name, HttpContext http, WeatherStore weather, HearConsole hear, Texts texts, CancellationToken aborted)
    {
        if (Stories.Find(name) is not { } story)
            return ConsoleAnswer.Refused(404, texts["console.refused.weather-missing", Names]);
        if (await ConsoleInput.ReadAsync(http.Request) is not { } input || input.Stranger("for") is not null)
            return ConsoleAnswer.Refused(400, texts["console.refused.only", "for"]);
        var span = SpanText.Read(input["for"]);
        if ((span is null && input.Says("for")) || span <= TimeSpan.Zero || span > Faults.FaultRule.Longest)
            return ConsoleAnswer.Refused(400, texts["console.refused.span", "for"]);
        await weather.StartAsync(story, span, aborted);
        await hear.LookAsync();
        return ConsoleAnswer.Of(new { Started = name, (await weather.ListAsync(aborted)).First(one => one.Story == name).EndsAt }, StatusCodes.Status201Created);
    }
}
