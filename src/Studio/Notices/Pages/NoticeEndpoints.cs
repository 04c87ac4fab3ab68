using Holdfast.People.Letters;
using Holdfast.People.Sessions;
using Holdfast.Shell.Pages;
using Holdfast.Studio.Workspaces;
using Microsoft.AspNetCore.Antiforgery;

namespace Holdfast.Studio.Notices.Pages;

/// <summary><c>/notices</c>, and the local outbox where there is no mail server.</summary>
internal static class NoticeEndpoints
{
    private const int ShownLetters = 50;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var notices = routes.MapGroup("/notices").RequireAuthorization();
        notices.MapGet("", ListAsync);
        notices.MapPost("/{id}/read", ReadAsync).WithMetadata(new RequireAntiforgeryTokenAttribute());
        notices.MapPost("/read", ReadAllAsync).WithMetadata(new RequireAntiforgeryTokenAttribute());
        routes.MapGet("/outbox", OutboxAsync).RequireAuthorization();
    }

    private static async Task<IResult> ListAsync(string? show, int? skip, HttpContext context, CurrentWorkspace workspace, NoticeStore notices, CancellationToken aborted)
    {
        var (onlyNew, from) = (show is not "all", Math.Max(0, skip ?? 0));
        return Page.Show<NoticesPage>(new
        {
            Notices = await notices.ListAsync(workspace.Id, context.User.Id(), onlyNew, from, aborted: aborted),
            New = await notices.CountNewAsync(workspace.Id, context.User.Id(), aborted),
            All = await notices.CountAsync(workspace.Id, aborted),
            OnlyNew = onlyNew,
            Skip = from,
        });
    }

    private static async Task<IResult> ReadAsync(string id, string? show, HttpContext context, CurrentWorkspace workspace, NoticeStore notices)
    {
        await notices.ReadAsync(workspace.Id, context.User.Id(), id);
        return Back(show);
    }

    private static async Task<IResult> ReadAllAsync(HttpContext context, CurrentWorkspace workspace, NoticeStore notices)
    {
        await notices.ReadAllAsync(workspace.Id, context.User.Id());
        return Back(null);
    }

    private static async Task<IResult> OutboxAsync(LetterBox letters, CancellationToken aborted) =>
        letters.Delivery is Delivery.Outbox ? Page.Show<OutboxPage>(new { Letters = await letters.ListAsync(ShownLetters, aborted) }) : TypedResults.NotFound();

    private static IResult Back(string? show) => Results.LocalRedirect(show is "all" ? "/notices?show=all" : "/notices");
}
