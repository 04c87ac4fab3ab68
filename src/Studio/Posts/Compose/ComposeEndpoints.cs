using Holdfast.People.Sessions;
using Holdfast.Shell.Language;
using Holdfast.Shell.Pages;
using Holdfast.Storage;
using Holdfast.Studio.Accounts;
using Holdfast.Studio.Media;
using Holdfast.Studio.Workspaces;

namespace Holdfast.Studio.Posts.Compose;

/// <summary>The compose page: new, from a pattern, and to change a post that TikTok does not have yet.</summary>
internal static class ComposeEndpoints
{
    private static readonly Dictionary<string, string> NoProblems = [];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/compose", NewAsync).RequireAuthorization();
        routes.MapGet("/compose/account", AccountAsync).RequireAuthorization();
        routes.MapGet("/posts/{id}/edit", EditAsync).RequireAuthorization();
        routes.MapPost("/compose", SaveAsync).RequireAuthorization();
    }

    private static async Task<IResult> NewAsync(
        string? from, string? connection, string? sample, string? date, string? time, ComposePages pages, CurrentWorkspace workspace, PostStore posts, ConnectionStore connections, Ulids ulids, TimeProvider clock, CancellationToken aborted)
    {
        var form = new ComposeForm { ConnectionId = connection ?? "", Media = sample is null ? "" : $"sample:{sample}", Date = date ?? "", Time = time ?? "" };
        if (from is not null && await posts.RowAsync(workspace.Id, from, aborted) is { } pattern)
            form = ComposeForm.Of(pattern, workspace.Zone) with { PostId = null, Version = 0, Date = date ?? "", Time = time ?? "" };
        // With a single account that works there is nothing to choose.
        if (form.ConnectionId.Length == 0 && (await connections.ListAsync(workspace.Id, aborted)).Where(row => row.ToDomain().State.IsUsable).ToList() is [var only])
            form = form with { ConnectionId = only.Id };
        if (form.Date.Length == 0)
            form = form.SuggestedTime(clock.GetUtcNow(), workspace.Zone);
        return await pages.ShowAsync(form with { FormKey = ulids.Next() }, NoProblems, aborted);
    }

    private static async Task<IResult> EditAsync(string id, ComposePages pages, CurrentWorkspace workspace, PostStore posts, CancellationToken aborted) =>
        await posts.RowAsync(workspace.Id, id, aborted) switch
        {
            null => TypedResults.NotFound(),
            { Post.CanEdit: false } => Results.LocalRedirect($"/posts/{id}?said=too-late"),
            var row => await pages.ShowAsync(ComposeForm.Of(row, workspace.Zone), NoProblems, aborted),
        };

    /// <summary>What one account allows, as the part of the page that a module swaps in.</summary>
    private static async Task<IResult> AccountAsync(string? connection, ComposePages pages, CancellationToken aborted) =>
        await pages.AccountPartAsync(new ComposeForm { ConnectionId = connection ?? "" }, aborted);

    private static async Task<IResult> SaveAsync(
        HttpContext context, ComposeBody body, ComposePages pages, CurrentWorkspace workspace, PostStore posts, CreatorLook creators, TimeProvider clock, Texts texts, CancellationToken aborted)
    {
        ComposeInput? input;
        try
        {
            input = await body.ReadAsync(context, workspace.Id, context.User.Id());
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException && !context.RequestAborted.IsCancellationRequested)
        {
            input = null;
        }
        if (input is null)
            return Page.Show<ErrorPage>(new { Key = "stale" }, StatusCodes.Status400BadRequest);

        var form = input.Form;
        var problems = new Dictionary<string, string>(StringComparer.Ordinal);
        if (input.Video is ReceiveAnswer.Received(var received))
            form = form with { Media = received.Id };
        if (input.Video is ReceiveAnswer.Refused(var key, var file))
            problems["media"] = texts[key, file];
        if (form.Action is "account" || problems.Count > 0)
            return await pages.ShowAsync(form, problems, aborted);

        var now = clock.GetUtcNow();
        var isScheduled = form.Action is not "draft";
        var media = await pages.MediaOfAsync(form, context.User.Id(), aborted);
        var creator = isScheduled && form.ConnectionId.Length > 0 ? await creators.OfAsync(workspace.Id, form.ConnectionId, aborted) : null;
        foreach (var (field, sentence) in isScheduled ? ComposeCheck.Problems(form, creator, media, workspace.Zone, now) : ComposeCheck.DraftProblems(form))
            problems[field] = texts[sentence];
        if (isScheduled && creator is CreatorAnswer.May(var allowed) && ComposeCheck.Unaudited(pages.IsAudited, allowed, form.Privacy) is { } unaudited)
            problems["privacy"] = texts[$"posts.compose.{unaudited}"];
        if (problems.Count > 0)
            return await pages.ShowAsync(form, problems, aborted);

        var post = ComposeCheck.Input(form, (creator as CreatorAnswer.May)?.Info, media, workspace.Zone, now, isScheduled);
        if (!isScheduled && post.ConnectionId is { } chosen && !await pages.IsOursAsync(chosen, aborted))
            post = post with { ConnectionId = null };
        var said = !isScheduled ? "drafted" : form.IsNow ? "sending" : "scheduled";
        if (form.PostId is not { } id)
        {
            if (form.FormKey.Length is 0 or > 64)
                return Page.Show<ErrorPage>(new { Key = "stale" }, StatusCodes.Status400BadRequest);
            return Results.LocalRedirect($"/posts/{await posts.AddAsync(workspace.Id, form.FormKey, post, context.User.DisplayName(), context.User.Id(), aborted)}?said={said}");
        }
        switch (await posts.EditAsync(workspace.Id, id, form.Version, post, context.User.DisplayName(), aborted))
        {
            case ChangeAnswer.Done:
                return Results.LocalRedirect($"/posts/{id}?said={said}");
            case ChangeAnswer.Gone:
                return TypedResults.NotFound();
            case ChangeAnswer.TooLate:
                return Results.LocalRedirect($"/posts/{id}?said=too-late");
            default:
                problems["form"] = texts["posts.compose.changed-meanwhile"];
                var fresh = await posts.RowAsync(workspace.Id, id, aborted);
                return await pages.ShowAsync(form with { Version = fresh?.Version ?? form.Version }, problems, aborted);
        }
    }
}
