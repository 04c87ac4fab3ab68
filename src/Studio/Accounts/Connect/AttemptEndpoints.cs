using Holdfast.People.Sessions;
using Holdfast.Shell.Pages;
using Holdfast.Studio.Workspaces;
using Microsoft.AspNetCore.Mvc;

namespace Holdfast.Studio.Accounts.Connect;

/// <summary>How an attempt stands: for its own window, for the page that waits for it, and to give it up.</summary>
internal static class AttemptEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/connect/attempts/{id}", ShowAsync).RequireAuthorization();
        routes.MapGet("/connect/tickets/{ticket}", StatusAsync).RequireAuthorization();
        routes.MapPost("/connect/windows", NoteAsync).RequireAuthorization();
        routes.MapPost("/connect/cancel", CancelAsync).RequireAuthorization();
    }

    private static async Task<IResult> ShowAsync(string id, HttpContext context, AttemptStore attempts, CancellationToken aborted) =>
        await attempts.FindAsync(Session(context), id, aborted) switch
        {
            null => TypedResults.NotFound(),
            { IsUnderWay: false, Ticket: null } finished => Results.LocalRedirect(finished.Target),
            var attempt => Page.Show<ConnectResultPage>(new { Attempt = attempt }),
        };

    private static async Task<IResult> StatusAsync(string ticket, HttpContext context, AttemptStore attempts, TimeProvider clock, CancellationToken aborted)
    {
        var attempt = await attempts.FindByTicketAsync(Session(context), ticket, aborted);
        return TypedResults.Json(new
        {
            status = attempt?.Status ?? "unknown",
            isSent = attempt?.SentAt is not null,
            trouble = attempt is null ? "none" : WindowRule.TroubleOf(attempt, clock.GetUtcNow()).ToString().ToLowerInvariant(),
            href = attempt is { IsOver: true } ? attempt.Target : null,
        });
    }

    private static async Task<IResult> NoteAsync([FromForm] string? ticket, [FromForm] string? mark, HttpContext context, CurrentWorkspace workspace, WindowMarks marks, CancellationToken aborted)
    {
        if (!StartConnect.IsTicket(ticket) || WindowMarks.Read(mark) is not { } said)
            return TypedResults.BadRequest();
        await marks.NoteAsync(said, ticket!, workspace.Id, context.User.Id(), Session(context), aborted); // just seen to be one
        return TypedResults.NoContent();
    }

    private static async Task<IResult> CancelAsync([FromForm] string? ticket, HttpContext context, AttemptStore attempts, CancellationToken aborted)
    {
        if (StartConnect.IsTicket(ticket))
            await attempts.CancelAsync(Session(context), ticket!, aborted); // just seen to be one
        return Results.LocalRedirect("/accounts");
    }

    private static string Session(HttpContext context) => context.User.SessionDigest()!; // the endpoints require a session
}
