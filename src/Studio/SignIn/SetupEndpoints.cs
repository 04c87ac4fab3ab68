using Holdfast.Domain.Planning;
using Holdfast.People;
using Holdfast.People.Sessions;
using Holdfast.Shell.Language;
using Holdfast.Shell.Pages;
using Holdfast.Studio.Workspaces;
using Microsoft.AspNetCore.Mvc;

namespace Holdfast.Studio.SignIn;

/// <summary><c>/setup</c> makes the first owner of an installation without demo content. It closes for ever once there is one.</summary>
internal static class SetupEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/setup", ShowAsync);
        routes.MapPost("/setup", SetUpAsync);
    }

    private static async Task<IResult> ShowAsync(string? token, WorkspaceStore workspaces, CancellationToken aborted) =>
        await workspaces.AnyAsync(aborted) ? Results.LocalRedirect("/sign-in") : Page.Show<SetupPage>(new { Token = token });

    private static async Task<IResult> SetUpAsync(
        [AsParameters] SetupForm form, HttpContext context, SetupToken token, WorkspaceStore workspaces, PeopleStore people, SessionCookie cookie, Texts texts, CancellationToken aborted)
    {
        if (await workspaces.AnyAsync(aborted))
            return Results.LocalRedirect("/sign-in");
        if (!token.Matches(form.Token))
            return Again(form, "token", texts["signin.setup.wrong-token"]);
        if (string.IsNullOrWhiteSpace(form.Workspace) || form.Workspace.Length > 80)
            return Again(form, "workspace", texts["signin.setup.wrong-workspace"]);
        if (!Zones.Exists(form.Zone))
            return Again(form, "zone", texts["signin.setup.wrong-zone"]);

        switch (await people.SignUpAsync(new NewPerson(form.UserName ?? "", form.Password ?? "", form.Email, form.UserName), aborted))
        {
            case SignUpResult.Added(var owner):
                await workspaces.AddAsync(form.Workspace, form.Zone!, owner.Id, aborted); // a null zone was refused above
                await cookie.BeginAsync(context, owner.Id);
                return Results.LocalRedirect("/");
            case SignUpResult.Refused(var problem):
                return Again(form, problem switch { SignUpProblem.UserName or SignUpProblem.Taken => "userName", SignUpProblem.Email => "email", _ => "password" }, texts[$"signin.setup.problem.{problem}"]);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static IResult Again(SetupForm form, string field, string error) => Page.Show<SetupPage>(
        new { form.Token, form.Workspace, form.Zone, form.UserName, form.Email, Field = field, Error = error }, StatusCodes.Status422UnprocessableEntity);
}

internal sealed class SetupForm
{
    [FromForm] public string? Token { get; set; }
    [FromForm] public string? Workspace { get; set; }
    [FromForm] public string? Zone { get; set; }
    [FromForm] public string? UserName { get; set; }
    [FromForm] public string? Email { get; set; }
    [FromForm] public string? Password { get; set; }
}
