using Holdfast.Platform.Faults;
using Holdfast.Shell.Language;

namespace Holdfast.Platform.Console.Api;

/// <summary><c>/console/api/verdicts</c>.</summary>
internal static class VerdictsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/verdicts", async (VerdictStore verdicts, CancellationToken aborted) => ConsoleAnswer.Of(new { Verdicts = (await verdicts.ListAsync(aborted)).Select(View) }));
        api.MapPost("/verdicts", AddAsync);
        api.MapDelete("/verdicts/{id}", async (string id, VerdictStore verdicts, Texts texts, CancellationToken aborted) =>
            await verdicts.StopAsync(id, aborted) ? ConsoleAnswer.Of(new { Stopped = id }) : ConsoleAnswer.Refused(404, texts["console.refused.verdict-missing"]));
        api.MapDelete("/verdicts", async (VerdictStore verdicts, CancellationToken aborted) =>
        {
            await verdicts.StopAllAsync(aborted);
            return ConsoleAnswer.Of(new { Stopped = "all" });
        });
    }

    private static object View(PendingVerdict verdict) => new
    {
        verdict.Id,
        verdict.Story,
        verdict.FailReason,
        ProcessingDelay = Span(verdict.ProcessingMs),
        ModerationDelay = Span(verdict.ModerationMs),
        Remaining = verdict.TimesLeft,
        verdict.EndsAt,
        App = verdict.AppName,
        Account = verdict.UserName,
    };

    private static TimeSpan? Span(long? milliseconds) => milliseconds is { } known ? TimeSpan.FromMilliseconds(known) : null;

    private static async Task<IResult> AddAsync(HttpContext http, VerdictStore verdicts, Texts texts, CancellationToken aborted)
    {
        if (await ConsoleInput.ReadAsync(http.Request) is not { } input)
            return ConsoleAnswer.Refused(400, texts["console.refused.body"]);
        var (verdict, field) = VerdictInput.Read(input);
        if (verdict is null)
            return ConsoleAnswer.Refused(400, texts[$"console.refused.{(VerdictInput.Fields.Contains(field) ? "field" : "stranger")}", field, string.Join(", ", VerdictInput.Fields)]);
        return await verdicts.AddAsync(verdict, aborted) switch
        {
            AddFaultResult.Added(var id) => ConsoleAnswer.Of(new { Id = id }, StatusCodes.Status201Created),
            AddFaultResult.Refused(var problem) => ConsoleAnswer.Refused(400, texts[$"console.problem.{problem}"]),
            var other => throw new System.Diagnostics.UnreachableException($"No answer for {other}."),
        };
    }
}
