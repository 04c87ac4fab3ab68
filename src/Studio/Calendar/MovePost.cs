using System.Diagnostics;
using Holdfast.Domain.Planning;
using Holdfast.People.Sessions;
using Holdfast.Shell.Language;
using Holdfast.Shell.Pages;
using Holdfast.Studio.Posts;
using Holdfast.Studio.Workspaces;
using Microsoft.AspNetCore.Mvc;

namespace Holdfast.Studio.Calendar;

/// <summary>A post dropped on another day, by the calendar's script or by the form that needs none.</summary>
internal static class MovePost
{
    public static void Map(IEndpointRouteBuilder calendar) => calendar.MapPost("/move", HandleAsync);

    private static async Task<IResult> HandleAsync(
        [FromForm] string? post, [FromForm] string? day, [FromForm] long? version,
        HttpContext context, CurrentWorkspace workspace, MoveToDay move, PostStore posts, Texts texts, CancellationToken aborted)
    {
        if (post is null || version is null || DayWords.ReadIso(day) is not { } target)
            return Refuse(context, post, texts["calendar.move.no-day"], StatusCodes.Status422UnprocessableEntity, day);

        var answer = await move.RunAsync(workspace.Id, workspace.Zone, post, target, version.Value, context.User.Id(), aborted);
        return answer switch
        {
            MoveAnswer.Moved(var dueAt, var wallClock) => await AcceptAsync(context, workspace, posts, post, dueAt, Sentence(texts, workspace, dueAt, wallClock), aborted),
            MoveAnswer.Stayed(var dueAt) => await AcceptAsync(context, workspace, posts, post, dueAt, Sentence(texts, workspace, dueAt, WallClock.Once), aborted),
            MoveAnswer.Gone when IsScript(context) => TypedResults.Json(new { moved = false, message = texts["calendar.move.gone"] }, statusCode: StatusCodes.Status404NotFound),
            MoveAnswer.Gone => TypedResults.NotFound(),
            MoveAnswer.NoTime => Refuse(context, post, texts["calendar.move.no-time"], StatusCodes.Status409Conflict, day),
            MoveAnswer.Past => Refuse(context, post, texts["calendar.move.past"], StatusCodes.Status422UnprocessableEntity, day),
            MoveAnswer.TooLate(var state) => Refuse(context, post, texts["calendar.move.too-late", texts[$"posts.state.{state}"]], StatusCodes.Status409Conflict, day),
            MoveAnswer.ChangedMeanwhile => Refuse(context, post, texts["calendar.move.changed"], StatusCodes.Status409Conflict, day),
            _ => throw new UnreachableException($"No answer for {answer}."),
        };
    }

    internal static string Sentence(Texts texts, CurrentWorkspace workspace, DateTimeOffset dueAt, WallClock wallClock)
    {
        var planned = PlannedTime.At(dueAt, workspace.Zone);
        var moved = texts["calendar.move.moved", texts.Day(planned.Day), DayWords.Time(planned)];
        return wallClock switch
        {
            WallClock.Skipped => $"{moved} {texts["calendar.move.skipped"]}",
            WallClock.Twice => $"{moved} {texts["calendar.move.twice"]}",
            _ => moved,
        };
    }

    private static async Task<IResult> AcceptAsync(
        HttpContext context, CurrentWorkspace workspace, PostStore posts, string post, DateTimeOffset dueAt, string sentence, CancellationToken aborted)
    {
        var planned = PlannedTime.At(dueAt, workspace.Zone);
        if (!IsScript(context))
            return TypedResults.LocalRedirect($"{ShownMonth.Of(planned.Day).Href}&moved={Uri.EscapeDataString(post)}");
        // The next drop of the same chip names the version this one made.
        var now = await posts.FindAsync(workspace.Id, post, aborted);
        return TypedResults.Json(new { moved = true, message = sentence, version = now?.Version, time = DayWords.Time(planned) });
    }

    private static IResult Refuse(HttpContext context, string? post, string sentence, int status, string? day) => IsScript(context)
        ? TypedResults.Json(new { moved = false, message = sentence }, statusCode: status)
        : Page.Show<MovePage>(new { PostId = post, Error = sentence, Day = day }, status);

    private static bool IsScript(HttpContext context) => context.Request.Headers.Accept.ToString().StartsWith("application/json", StringComparison.Ordinal);
}
