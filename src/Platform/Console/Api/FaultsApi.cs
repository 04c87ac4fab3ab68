using Holdfast.Platform.Faults;
using Holdfast.Platform.Overrides;
using Holdfast.Shell.Language;

namespace Holdfast.Platform.Console.Api;

/// <summary><c>/console/api/faults</c>.</summary>
internal static class FaultsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/faults", async (FaultStore faults, CancellationToken aborted) => ConsoleAnswer.Of(new { Faults = (await faults.ListAsync(aborted)).Select(View) }));
        api.MapPost("/faults", AddAsync);
        api.MapDelete("/faults/{id}", async (string id, FaultStore faults, HearConsole hear, Texts texts, CancellationToken aborted) =>
        {
            if (!await faults.StopAsync(id, aborted))
                return ConsoleAnswer.Refused(404, texts["console.refused.fault-missing"]);
            await hear.LookAsync();
            return ConsoleAnswer.Of(new { Stopped = id });
        });
        api.MapDelete("/faults", async (FaultStore faults, HearConsole hear, CancellationToken aborted) =>
        {
            await faults.StopAllAsync(aborted);
            await hear.LookAsync();
            return ConsoleAnswer.Of(new { Stopped = "all" });
        });
    }

    public static object View(Fault fault) => new
    {
        fault.Id,
        fault.Story,
        fault.Place,
        Kind = MeetFault.Name(fault.Kind),
        fault.Status,
        fault.Code,
        fault.Message,
        RetryAfter = fault.RetryAfterSeconds,
        fault.Delay,
        fault.Remaining,
        fault.Used,
        fault.LastUsedAt,
        fault.EndsAt,
        App = fault.AppName,
        Account = fault.UserName,
    };

    private static async Task<IResult> AddAsync(HttpContext http, FaultStore faults, HearConsole hear, Texts texts, CancellationToken aborted)
    {
        if (await ConsoleInput.ReadAsync(http.Request) is not { } input)
            return ConsoleAnswer.Refused(400, texts["console.refused.body"]);
        var (fault, field) = FaultInput.Read(input);
        if (fault is null)
            return ConsoleAnswer.Refused(400, texts[$"console.refused.{(FaultInput.Fields.Contains(field) ? "field" : "stranger")}", field, string.Join(", ", FaultInput.Fields)]);
        switch (await faults.AddAsync(fault, aborted))
        {
            case AddFaultResult.Added(var id):
                await hear.LookAsync();
                return ConsoleAnswer.Of(new { Id = id }, StatusCodes.Status201Created);
            case AddFaultResult.Refused(var problem):
                return ConsoleAnswer.Refused(400, texts[$"console.problem.{problem}"]);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}
