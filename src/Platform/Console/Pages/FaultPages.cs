using Holdfast.Platform.Faults;
using Holdfast.Platform.Overrides;
using Holdfast.Shell.Language;
using Holdfast.Shell.Pages;

namespace Holdfast.Platform.Console.Pages;

internal static class FaultPages
{
    public static void Map(IEndpointRouteBuilder console)
    {
        console.MapGet("/faults", (string? done, FaultStore faults, AppSwitches apps, CancellationToken aborted) => ShowAsync(faults, apps, aborted, done: done));
        console.MapPost("/faults", AddAsync);
        console.MapPost("/faults/stop", async (IFormCollection form, HttpContext http, FaultStore faults, HearConsole hear, CancellationToken aborted) =>
        {
            if (form["id"] is [{ Length: > 0 } id])
                await faults.StopAsync(id, aborted);
            else
                await faults.StopAllAsync(aborted);
            await hear.LookAsync();
            return ConsolePlace.Faults.Back(http, "fault-stopped");
        });
    }

    private static async Task<IResult> AddAsync(IFormCollection form, HttpContext http, FaultStore faults, AppSwitches apps, HearConsole hear, Texts texts, CancellationToken aborted)
    {
        var input = ConsoleInput.Of(form);
        var (fault, field) = FaultInput.Read(input);
        var words = fault is null ? texts["console.refused.field", field]
            : await faults.AddAsync(fault, aborted) is AddFaultResult.Refused(var problem) ? texts[$"console.problem.{problem}"] : null;
        if (words is not null)
            return await ShowAsync(faults, apps, aborted, input, words);
        await hear.LookAsync();
        return ConsolePlace.Faults.Back(http, "fault-added");
    }

    private static async Task<IResult> ShowAsync(FaultStore faults, AppSwitches apps, CancellationToken aborted, ConsoleInput? form = null, string? error = null, string? done = null) => Page.Show<FaultsPage>(new
    {
        Faults = await faults.ListAsync(aborted),
        Apps = await apps.ListAsync(aborted),
        Form = form?.All ?? new Dictionary<string, string?>(),
        Error = error,
        Done = done,
    }, error is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
}
