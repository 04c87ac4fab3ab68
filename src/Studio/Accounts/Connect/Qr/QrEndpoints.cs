using Holdfast.People.Sessions;
using Holdfast.Shell.Pages;
using Holdfast.Studio.Workspaces;

namespace Holdfast.Studio.Accounts.Connect.Qr;

/// <summary><c>/connect/qr</c>: a code on this screen, confirmed by the phone that uses the account.</summary>
internal static class QrEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/connect/qr/", BeginAsync).RequireAuthorization();
        routes.MapGet("/connect/qr/{id}", ShowAsync).RequireAuthorization();
        routes.MapGet("/connect/qr/{id}/status", StatusAsync).RequireAuthorization();
        routes.MapPost("/connect/qr/{id}/cancel", CancelAsync).RequireAuthorization().WithMetadata(new Microsoft.AspNetCore.Antiforgery.RequireAntiforgeryTokenAttribute());
    }

    private static async Task<IResult> BeginAsync(string? connection, HttpContext context, CurrentWorkspace workspace, ConnectionStore connections, QrConnect qr, CancellationToken aborted)
    {
        if (StartConnect.IsFromElsewhere(context))
            return Results.LocalRedirect("/accounts");
        if (connection is not null && await connections.FindAsync(workspace.Id, connection, aborted) is null)
            return TypedResults.NotFound();
        // A place of its own: loading that page again draws no second code.
        return await qr.BeginAsync(new Asker(workspace.Id, context.User.Id(), Session(context)), connection, aborted) switch
        {
            null => TypedResults.NotFound(),
            { IsUnderWay: true } attempt => Results.LocalRedirect($"/connect/qr/{attempt.Id}"),
            var failed => Results.LocalRedirect(failed.Target),
        };
    }

    // Loading the page asks, too: without script it refreshes itself and gets as far.
    private static async Task<IResult> ShowAsync(string id, HttpContext context, CurrentWorkspace workspace, ConnectionStore connections, AttemptStore attempts, QrStore codes, QrConnect qr, TimeProvider clock, CancellationToken aborted)
    {
        if (await attempts.FindAsync(Session(context), id, aborted) is not { Via: AttemptVia.Qr } attempt)
            return TypedResults.NotFound();
        await qr.AdvanceAsync(attempt);
        attempt = await attempts.FindAsync(Session(context), id, aborted) ?? attempt;
        if (attempt.IsOver)
            return Results.LocalRedirect(attempt.Target);
        return attempt.EndsAt > clock.GetUtcNow() && await codes.FindAsync(id, aborted) is { } code
            ? Page.Show<QrPage>(new { Attempt = attempt, Row = code, Code = codes.Open(code), Expected = attempt.ConnectionId is { } known ? await connections.FindAsync(workspace.Id, known, aborted) : null })
            : Results.LocalRedirect("/accounts");
    }

    private static async Task<IResult> StatusAsync(string id, HttpContext context, AttemptStore attempts, QrStore codes, QrConnect qr, CancellationToken aborted)
    {
        if (await attempts.FindAsync(Session(context), id, aborted) is not { Via: AttemptVia.Qr } attempt)
            return TypedResults.NotFound();
        await qr.AdvanceAsync(attempt);
        attempt = await attempts.FindAsync(Session(context), id, aborted) ?? attempt;
        return TypedResults.Json(new { stamp = attempt.IsOver ? "over" : (await codes.FindAsync(id, aborted))?.Stamp });
    }

    private static async Task<IResult> CancelAsync(string id, HttpContext context, AttemptStore attempts, CancellationToken aborted)
    {
        await attempts.CancelByIdAsync(Session(context), id, aborted);
        return Results.LocalRedirect("/accounts");
    }

    private static string Session(HttpContext context) => context.User.SessionDigest()!; // the endpoints require a session
}
