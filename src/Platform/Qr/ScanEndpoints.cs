using Holdfast.People.Activity;
using Holdfast.People.Sessions;
using Holdfast.Platform.Authorize;
using Holdfast.Platform.Developers.Sandboxes;
using Holdfast.Platform.Tokens;
using Holdfast.Shell.Pages;

namespace Holdfast.Platform.Qr;

/// <summary><c>/qr</c>: what the phone's camera opens. Shows who asks, from where and when, before anything is granted (attack case 110).</summary>
internal static class ScanEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/qr", ShowAsync);
        routes.MapPost("/qr/answer", AnswerAsync);
    }

    private static async Task<IResult> ShowAsync(string? q, string? client_ticket, HttpContext http, QrRequests requests, AskingApps apps, TargetUsers targets, CancellationToken aborted)
    {
        if (http.User.IdOrNull() is not { } person || http.User.SessionDigest() is not { } session)
            return Results.LocalRedirect($"/login?next={Uri.EscapeDataString(http.Request.Path + http.Request.QueryString)}");
        if (q is null || !QrRule.IsTicket(client_ticket)
            || await requests.ScanAsync(q, client_ticket!, person, session, aborted) is not { } found // a ticket is text
            || await apps.FindAsync(found.ClientKey, aborted) is not { } app || (app.IsSandbox && !await targets.MayAuthorizeAsync(app.Id, person, aborted)))
        {
            return Lapsed();
        }
        return Show(http, found, app, nothingTicked: false);
    }

    private static async Task<IResult> AnswerAsync(IFormCollection form, HttpContext http, QrRequests requests, AskingApps apps, TargetUsers targets, ActivityLog activity, CancellationToken aborted)
    {
        string? id = form["request"], decision = form["decision"];
        if (http.User.IdOrNull() is not { } person || http.User.SessionDigest() is not { } session
            || await requests.FindAsync(id ?? "", aborted) is not { } found || found.PersonId != person || await apps.FindAsync(found.ClientKey, aborted) is not { } app || (app.IsSandbox && !await targets.MayAuthorizeAsync(app.Id, person, aborted)))
        {
            return Lapsed();
        }

        if (decision is "refuse")
            return await requests.AnswerAsync(found.Id, person, session, null, null, aborted) ? Page.Show<AnsweredPage>(new { AppName = app.Name, IsConfirmed = false }) : Lapsed();

        var granted = ScopeList.Split(found.Scopes).Where(scope => app.Scopes.Contains(scope) && (KnownScopes.IsRequired(scope) || form["scope"].Contains(scope))).ToList();
        if (decision is not "confirm" || granted.Count == 0)
            return Show(http, found, app, nothingTicked: true);
        return await requests.AnswerAsync(found.Id, person, session, ScopeList.Join(granted), writing => activity.AddAsync(writing, http, person, ActivityKind.AppAuthorized, app.Name), aborted) ? Page.Show<AnsweredPage>(new { AppName = app.Name, IsConfirmed = true }) : Lapsed();
    }

    private static IResult Show(HttpContext http, QrRequest found, AskingApp app, bool nothingTicked) => Page.Show<ScanPage>(
        new { Request = found, AppName = app.Name, app.Face.IconUrl, IsSameNetwork = Network.IsSame(found.Address, SessionCookie.Address(http)), NothingTicked = nothingTicked },
        nothingTicked ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);

    private static IResult Lapsed() => Page.Show<AnsweredPage>(new { AppName = "", IsConfirmed = false }, StatusCodes.Status403Forbidden);
}
