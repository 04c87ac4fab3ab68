using Holdfast.People.Activity;
using Holdfast.People.Sessions;
using Holdfast.Platform.Tokens;
using Holdfast.Shell.Guards;
using Holdfast.Shell.Pages;
using Holdfast.Storage;

namespace Holdfast.Platform.Authorize;

/// <summary>Takes the consent page's answer. Everything but the ticks comes from the stored request.</summary>
internal static class AnswerEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v2/auth/authorize/answer", AnswerAsync).WithMetadata(new LeavesByRedirect());

    private static async Task<IResult> AnswerAsync(
        IFormCollection form, HttpContext http, AskingApps apps, IssueCode issue, PendingRequests pending, SessionStore sessions, ActivityLog activity, Database database, CancellationToken aborted)
    {
        string? request = form["request"], decision = form["decision"];
        if (http.User.IdOrNull() is not { } person || http.User.SessionDigest() is not { } session || await pending.FindAsync(request ?? "", session, person, aborted) is not { } found)
            return Lapsed();
        // What the developer changed while the page stood open counts.
        if (await apps.FindAsync(found.ClientKey, aborted) is not { MayAsk: true } app || RedirectMatch.Find(app.Redirects, found.RedirectUri) != found.Platform)
            return Lapsed();

        if (decision is "cancel")
        {
            return await database.WriteAsync(writing => pending.AnswerAsync(writing, found.Id), aborted)
                ? ClientRedirect.Cancelled(http, found.RedirectUri, found.State, found.WantsIssuer)
                : Lapsed();
        }

        var asked = ScopeList.Split(found.Scopes);
        var granted = asked.Where(one => app.Scopes.Contains(one) && (KnownScopes.IsRequired(one) || form["scope"].Contains(one))).ToList();
        if (decision is not "authorize" || granted.Count == 0)
        {
            var ask = new AuthorizationAsk(app.Id, app.ClientKey, found.Platform, found.RedirectUri, asked, found.State, found.CodeChallenge, MayPassSilently: true, found.WantsIssuer);
            var past = await database.ReadAsync(reading => PastConsent.FindAsync(reading, app.Id, person), aborted);
            return Page.Show<ConsentPage>(new { Question = ConsentQuestion.For(found.Id, app, ask, past) with { NothingTicked = true } }, StatusCodes.Status422UnprocessableEntity);
        }

        var approval = new Approval(app.Id, person, found.Platform, found.RedirectUri, found.CodeChallenge, asked, granted);
        return await issue.RunAsync(approval, ClaimAsync, aborted) is { } code
            ? ClientRedirect.Granted(http, found.RedirectUri, code, granted, found.State, found.WantsIssuer)
            : Lapsed();

        async Task<bool> ClaimAsync(Session writing)
        {
            // Looked at when the answer came in; somebody may have signed it out since.
            if (!await sessions.KeepAsync(writing, person, session) || !await pending.AnswerAsync(writing, found.Id))
                return false;
            await activity.AddAsync(writing, http, person, ActivityKind.AppAuthorized, app.Name);
            return true;
        }
    }

    private static IResult Lapsed() => Page.Show<LapsedPage>(null, StatusCodes.Status403Forbidden);
}
