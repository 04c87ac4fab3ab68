using Holdfast.People.Sessions;
using Holdfast.Shell.Hosting;
using Holdfast.Shell.Pages;
using Holdfast.Storage;
using Holdfast.Studio.Accounts.Connect;
using Holdfast.Studio.Workspaces;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Holdfast.Studio.Accounts.Links;

/// <summary><c>/accounts/links</c>: a member makes links and takes them back.</summary>
internal static class LinkEndpoints
{
    /// <summary>What can be chosen, in days.</summary>
    public static readonly int[] Days = [1, 3, 7, 14, 30];

    public static void Map(IEndpointRouteBuilder routes)
    {
        var links = routes.MapGroup("/accounts/links").RequireAuthorization();
        links.MapGet("/new", AskAsync);
        links.MapPost("", MakeAsync);
        links.MapGet("", ToList);
        links.MapPost("/{id}/revoke", RevokeAsync).WithMetadata(new RequireAntiforgeryTokenAttribute());
    }

    private static async Task<IResult> AskAsync(string? connection, CurrentWorkspace workspace, ConnectionStore connections, IOptions<ConnectOptions> options, Ulids ulids, CancellationToken aborted)
    {
        var row = connection is null ? null : await connections.FindAsync(workspace.Id, connection, aborted);
        return connection is not null && row is null ? TypedResults.NotFound() : Page.Show<NewLinkPage>(new { Row = row, Chosen = options.Value.LinkDays, Id = ulids.Next() });
    }

    private static async Task<IResult> MakeAsync(
        [FromForm] string? id, [FromForm] string? connection, [FromForm] string? note, [FromForm] int? days,
        HttpContext context, CurrentWorkspace workspace, ConnectionStore connections, LinkStore links, AppOptions app, IOptions<ConnectOptions> options, Ulids ulids, CancellationToken aborted)
    {
        var slot = string.IsNullOrEmpty(connection) ? null : connection;
        var row = slot is null ? null : await connections.FindAsync(workspace.Id, slot, aborted);
        if (slot is not null && row is null)
            return TypedResults.NotFound();
        var chosen = days is { } said && (Days.Contains(said) || said == options.Value.LinkDays) ? said : options.Value.LinkDays;
        var asked = Ulids.IsOne(id) ? id! : ulids.Next(); // it is one
        // A page that is loaded again sends its form again: that is the same link, which was shown once.
        if (await links.AddAsync(asked, workspace.Id, context.User.Id(), slot, (note ?? "").Trim(), chosen, aborted) is not var (link, token))
            return Page.Show<NewLinkPage>(new { Row = row, Chosen = chosen, Id = ulids.Next(), Note = note, WasMade = true });
        // In the query and not in the path: a request that fails is logged with its path.
        return Page.Show<LinkMadePage>(new { Link = link, Row = row, Address = app.At($"/connect/link?t={token}") });
    }

    private static IResult ToList() => Results.LocalRedirect("/accounts#links");

    private static async Task<IResult> RevokeAsync(string id, CurrentWorkspace workspace, LinkStore links, CancellationToken aborted)
    {
        await links.RevokeAsync(workspace.Id, id, aborted);
        return ToList();
    }
}
