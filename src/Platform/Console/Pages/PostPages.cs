using Holdfast.Platform.Faults;
using Holdfast.Shell.Language;
using Holdfast.Shell.Pages;

namespace Holdfast.Platform.Console.Pages;

internal static class PostPages
{
    public static void Map(IEndpointRouteBuilder console)
    {
        console.MapGet("/posts", (string? done, VerdictStore verdicts, AppSwitches apps, CancellationToken aborted) => ShowAsync(verdicts, apps, aborted, done: done));
        console.MapPost("/posts", AddAsync);
        console.MapPost("/posts/stop", async (IFormCollection form, HttpContext http, VerdictStore verdicts, CancellationToken aborted) =>
        {
            if (form["id"] is [{ Length: > 0 } id])
                await verdicts.StopAsync(id, aborted);
            else
                await verdicts.StopAllAsync(aborted);
            return ConsolePlace.Posts.Back(http, "verdict-stopped");
        });
    }

    private static async Task<IResult> AddAsync(IFormCollection form, HttpContext http, VerdictStore verdicts, AppSwitches apps, Texts texts, CancellationToken aborted)
    {
        var input = ConsoleInput.Of(form);
        var (verdict, field) = VerdictInput.Read(input);
        var words = verdict is null ? texts["console.refused.field", field]
            : await verdicts.AddAsync(verdict, aborted) is AddFaultResult.Refused(var problem) ? texts[$"console.problem.{problem}"] : null;
        return words is null ? ConsolePlace.Posts.Back(http, "verdict-added") : await ShowAsync(verdicts, apps, aborted, input, words);
    }

    private static async Task<IResult> ShowAsync(VerdictStore verdicts, AppSwitches apps, CancellationToken aborted, ConsoleInput? form = null, string? error = null, string? done = null) => Page.Show<PostsPage>(new
    {
        Verdicts = await verdicts.ListAsync(aborted),
        Apps = await apps.ListAsync(aborted),
        Form = form?.All ?? new Dictionary<string, string?>(),
        Error = error,
        Done = done,
    }, error is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
}
