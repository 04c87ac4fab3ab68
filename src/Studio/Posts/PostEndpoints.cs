using Holdfast.People.Sessions;
using Holdfast.Shell.Pages;
using Holdfast.Studio.Posts.Compose;
using Holdfast.Studio.Workspaces;
using Microsoft.AspNetCore.Mvc;

namespace Holdfast.Studio.Posts;

/// <summary>The list, one post, and what can be done to it.</summary>
internal static class PostEndpoints
{
    private static readonly HashSet<string> Sayings =
        new(["scheduled", "sending", "drafted", "too-late", "changed", "publish-now", "unschedule", "cancel", "settle-published", "publish-again"], StringComparer.Ordinal);

    public static void MapPosts(this IEndpointRouteBuilder routes)
    {
        ComposeEndpoints.Map(routes);
        var posts = routes.MapGroup("/posts").RequireAuthorization();
        posts.MapGet("/", ListAsync);
        posts.MapGet("/{id}", ShowAsync);
        Act(posts, "publish-now", (store, workspace, id, version, by, aborted) => store.PublishNowAsync(workspace, id, version, by, aborted));
        Act(posts, "unschedule", (store, workspace, id, version, by, aborted) => store.UnscheduleAsync(workspace, id, version, by, aborted));
        Act(posts, "cancel", (store, workspace, id, version, by, aborted) => store.CancelAsync(workspace, id, version, by, aborted));
        Act(posts, "settle-published", (store, workspace, id, version, by, aborted) => store.SettleAsync(workspace, id, true, version, by, aborted));
        Act(posts, "publish-again", (store, workspace, id, version, by, aborted) => store.SettleAsync(workspace, id, false, version, by, aborted));
        posts.MapPost("/{id}/delete", DeleteAsync);
    }

    private static async Task<IResult> ListAsync(string? show, int? skip, CurrentWorkspace workspace, PostStore posts, TimeProvider clock, CancellationToken aborted)
    {
        var filter = PostFilters.Read(show);
        var from = Math.Max(0, skip ?? 0);
        return Page.Show<PostsPage>(new
        {
            Posts = await posts.PageAsync(workspace.Id, filter, from, aborted: aborted),
            Counts = await posts.CountsAsync(workspace.Id, aborted),
            Filter = filter,
            Skip = from,
            Now = clock.GetUtcNow(),
        });
    }

    private static async Task<IResult> ShowAsync(string id, string? said, CurrentWorkspace workspace, PostStore posts, TimeProvider clock, CancellationToken aborted) =>
        await posts.FindAsync(workspace.Id, id, aborted) is not { } post
            ? TypedResults.NotFound()
            : Page.Show<PostPage>(new
            {
                Post = post,
                Events = await posts.EventsAsync(workspace.Id, id, aborted),
                Now = clock.GetUtcNow(),
                Said = said is not null && Sayings.Contains(said) ? said : null,
            });

    private static void Act(RouteGroupBuilder posts, string name, Func<PostStore, string, string, long, string, CancellationToken, Task<ChangeAnswer>> change) =>
        posts.MapPost($"/{{id}}/{name}", async (string id, [FromForm] long version, HttpContext context, CurrentWorkspace workspace, PostStore store, CancellationToken aborted) =>
            await change(store, workspace.Id, id, version, context.User.DisplayName(), aborted) switch
            {
                ChangeAnswer.Done => Results.LocalRedirect($"/posts/{id}?said={name}"),
                ChangeAnswer.TooLate => Results.LocalRedirect($"/posts/{id}?said=too-late"),
                ChangeAnswer.ChangedMeanwhile => Results.LocalRedirect($"/posts/{id}?said=changed"),
                _ => TypedResults.NotFound(),
            });

    private static async Task<IResult> DeleteAsync(string id, [FromForm] long version, CurrentWorkspace workspace, PostStore store, CancellationToken aborted) =>
        await store.DeleteAsync(workspace.Id, id, version, aborted) switch
        {
            ChangeAnswer.Done => Results.LocalRedirect("/posts"),
            ChangeAnswer.TooLate => Results.LocalRedirect($"/posts/{id}?said=too-late"),
            ChangeAnswer.ChangedMeanwhile => Results.LocalRedirect($"/posts/{id}?said=changed"),
            _ => TypedResults.NotFound(),
        };
}
