using System.Text;
using Holdfast.People.Sessions;
using Holdfast.Platform.Api;
using Holdfast.Platform.Developers.Sandboxes;
using Holdfast.Platform.Tokens;
using Holdfast.Shell.Guards;
using Holdfast.Shell.Pages;
using Holdfast.Storage;

namespace Holdfast.Platform.Authorize;

/// <summary><c>GET /v2/auth/authorize/</c>, with and without the slash: the page where a person decides.</summary>
internal static class AuthorizeEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v2/auth/authorize", ShowAsync).WithMetadata(new LeavesByRedirect());

    private static async Task<IResult> ShowAsync(
        HttpContext http, AskingApps apps, TargetUsers targets, Database database, IssueCode issue, PendingRequests pending, RecentProblems problems, LogIds logIds, CancellationToken aborted)
    {
        var query = FormFields.Read(Encoding.ASCII.GetBytes((http.Request.QueryString.Value ?? "").TrimStart('?')));
        if (query is not null && query.Has("error") && !query.Has("client_key"))
            return ErrorPage(query, problems);

        var app = query?["client_key"] is { Length: > 0 and <= 100 } key ? await apps.FindAsync(key, aborted) : null;
        switch (AuthorizeRule.Decide(query, app))
        {
            case AuthorizeVerdict.Invalid invalid:
                return Refuse(invalid, problems, logIds);
            // Who signs in decides only in a sandbox; whom it does not know is told so, and not its app.
            case AuthorizeVerdict.Valid when app!.IsSandbox && http.User.IdOrNull() is { } person && !await targets.MayAuthorizeAsync(app.Id, person, aborted): // valid means there is an app
                return Refuse(new AuthorizeVerdict.Invalid(AuthorizeProblem.NotTarget, $"@{http.User.UserName()}"), problems, logIds);
            case AuthorizeVerdict.Valid(var ask):
                return await AskAsync(http, ask, app!, database, issue, pending, aborted); // valid means there is an app
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static IResult Refuse(AuthorizeVerdict.Invalid invalid, RecentProblems problems, LogIds logIds)
    {
        var logId = logIds.Next();
        problems.Add(logId, invalid);
        return Results.LocalRedirect($"/v2/auth/authorize/?{invalid.Problem.Query()}&logid={logId}");
    }

    private static async Task<IResult> AskAsync(
        HttpContext http, AuthorizationAsk ask, AskingApp app, Database database, IssueCode issue, PendingRequests pending, CancellationToken aborted)
    {
        if (http.User.IdOrNull() is not { } person || http.User.SessionDigest() is not { } session)
            return Results.LocalRedirect($"/login?next={Uri.EscapeDataString(ask.Path)}");

        if (ask.MayPassSilently && await issue.SilentlyAsync(ask, person, aborted) is { } code)
            return ClientRedirect.Granted(http, ask.RedirectUri, code, ask.Scopes, ask.State, ask.WantsIssuer);

        var id = await pending.AddAsync(ask, session, person, aborted);
        var past = await database.ReadAsync(reading => PastConsent.FindAsync(reading, app.Id, person), aborted);
        return Page.Show<ConsentPage>(new { Question = ConsentQuestion.For(id, app, ask, past) });
    }

    private static IResult ErrorPage(FormFields query, RecentProblems problems)
    {
        var logId = query["logid"] ?? "";
        var known = problems.Find(logId);
        return Page.Show<ProblemPage>(new
        {
            Error = query["error"] ?? "",
            ErrorType = query["error_type"] ?? "",
            ErrorCode = query["errCode"] ?? "",
            LogId = logId,
            Problem = known?.Problem.ToString(),
            Value = known?.Value ?? "",
            Hint = known?.Hint?.ToString(),
        });
    }
}
