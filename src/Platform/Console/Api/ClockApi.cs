using System.Globalization;
using Holdfast.Platform.Overrides;
using Holdfast.Shell.Language;

namespace Holdfast.Platform.Console.Api;

/// <summary><c>/console/api/clock</c>.</summary>
internal static class ClockApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/clock", (ShiftedClock clock) => ConsoleAnswer.Of(View(clock)));
        api.MapPost("/clock", MoveAsync);
        api.MapDelete("/clock", async (OverrideStore store, HearConsole hear, ShiftedClock clock, CancellationToken aborted) =>
        {
            await store.ShiftAsync(null, aborted);
            await hear.LookAsync();
            return ConsoleAnswer.Of(View(clock));
        });
    }

    private static object View(ShiftedClock clock) => new { Now = clock.GetUtcNow(), clock.RealNow, clock.Offset };

    private static async Task<IResult> MoveAsync(HttpContext http, OverrideStore store, HearConsole hear, ShiftedClock clock, Texts texts, CancellationToken aborted)
    {
        if (await ConsoleInput.ReadAsync(http.Request) is not { } input || input.Stranger("advance", "now") is not null || input.All.Count != 1)
            return ConsoleAnswer.Refused(400, texts["console.refused.clock"]);
        var by = SpanText.Read(input["advance"])
            ?? (DateTimeOffset.TryParse(input["now"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var wanted) ? wanted - clock.GetUtcNow() : (TimeSpan?)null);
        if (by is null || await store.ShiftAsync(by, aborted) is null)
            return ConsoleAnswer.Refused(400, texts["console.refused.clock"]);
        await hear.LookAsync();
        return ConsoleAnswer.Of(View(clock));
    }
}
