using Holdfast.Domain.Planning;
using Holdfast.Shell.Pages;
using Holdfast.Studio.Posts;
using Holdfast.Studio.Workspaces;

namespace Holdfast.Studio.Calendar;

internal static class CalendarEndpoints
{
    public static void AddCalendar(this IServiceCollection services) => services.AddSingleton<MoveToDay>();

    public static void MapCalendar(this IEndpointRouteBuilder routes)
    {
        var calendar = routes.MapGroup("/calendar").RequireAuthorization();
        calendar.MapGet("", (string? month, string? moved, CurrentWorkspace workspace, TimeProvider clock) =>
        {
            var shown = ShownMonth.Read(month) ?? ShownMonth.Of(PlannedTime.At(clock.GetUtcNow(), workspace.Zone).Day);
            return Page.Show<CalendarPage>(new { shown.Year, shown.Month, Moved = moved });
        });
        calendar.MapGet("/move", async (string? post, CurrentWorkspace workspace, PostStore posts, CancellationToken aborted) =>
            await posts.FindAsync(workspace.Id, post ?? "", aborted) is null ? Results.NotFound() : Page.Show<MovePage>(new { PostId = post }));
        MovePost.Map(calendar);
    }
}
