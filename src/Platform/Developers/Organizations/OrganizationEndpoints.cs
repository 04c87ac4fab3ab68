using Holdfast.People.Sessions;
using Holdfast.Platform.Developers.Credentials;
using Holdfast.Platform.Shell;
using Holdfast.Shell.Language;
using Holdfast.Shell.Pages;

namespace Holdfast.Platform.Developers.Organizations;

/// <summary><c>/developers/organizations</c>. An organization that one is not in is not there.</summary>
internal static class OrganizationEndpoints
{
    private const string Home = "/developers/organizations";

    public static string PathOf(string id) => $"{Home}/{id}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup(Home).RequireAuthorization();
        pages.MapGet("", (HttpContext http, OrganizationStore organizations, CancellationToken aborted) => ListAsync(http, organizations, aborted));
        pages.MapPost("", MakeAsync);
        pages.MapPost("/invitations", AnswerAsync);
        pages.MapGet("/{organization}", (string organization, string? done, HttpContext http, OrganizationStore organizations, CancellationToken aborted) => ShowAsync(http, organization, organizations, aborted, done: done));
        pages.MapPost("/{organization}/invite", InviteAsync);
        pages.MapPost("/{organization}/cancel", CancelAsync);
        pages.MapPost("/{organization}/remove", RemoveAsync);
        pages.MapPost("/{organization}/role", RoleAsync);
        pages.MapPost("/{organization}/leave", LeaveAsync);
        pages.MapPost("/{organization}/delete", DeleteAsync);
        pages.MapPost("/{organization}/transfer", TransferAsync);
    }

    private static async Task<IResult> MakeAsync(IFormCollection form, HttpContext http, OrganizationStore organizations, Texts texts, CancellationToken aborted) =>
        await organizations.MakeAsync(http.User.Id(), form["name"].ToString(), aborted) is { } id ? SeeOther.To(http, PathOf(id)) : await ListAsync(http, organizations, aborted, texts["developers.organizations.name-problem"]);

    private static async Task<IResult> AnswerAsync(IFormCollection form, HttpContext http, OrganizationStore organizations, CancellationToken aborted) =>
        await organizations.AnswerAsync(http.User.Id(), form["invitation"].ToString(), form["answer"] == "accept", aborted) ? SeeOther.To(http, Home) : TypedResults.NotFound();

    // Whoever joins may give the apps new secrets and addresses with a proof of their own: a stolen session alone lets nobody in (attack case 93).
    private static async Task<IResult> InviteAsync(string organization, IFormCollection form, HttpContext http, OrganizationStore organizations, StepUp stepUp, Texts texts, CancellationToken aborted) =>
        await stepUp.RefusedAsync(http, form) is { } unproven ? await ShowAsync(http, organization, organizations, aborted, unproven.Error, "proof", status: unproven.Status)
        : await organizations.InviteAsync(http.User.Id(), organization, form["whom"].ToString(), form["admin"] == "true", aborted) switch
        {
            InviteResult.Invited => SeeOther.To(http, PathOf(organization) + "?done=invited"),
            InviteResult.NotThere => TypedResults.NotFound(),
            var refused => await ShowAsync(http, organization, organizations, aborted, texts[$"developers.organizations.invite.{refused}"], "invite"),
        };

    private static async Task<IResult> CancelAsync(string organization, IFormCollection form, HttpContext http, Membership membership, CancellationToken aborted) =>
        await membership.CancelAsync(http.User.Id(), organization, form["invitation"].ToString(), aborted) ? SeeOther.To(http, PathOf(organization)) : TypedResults.NotFound();

    private static async Task<IResult> RemoveAsync(string organization, IFormCollection form, HttpContext http, Membership membership, CancellationToken aborted) =>
        await membership.RemoveAsync(http.User.Id(), organization, form["person"].ToString(), aborted) ? SeeOther.To(http, PathOf(organization) + "?done=removed") : TypedResults.NotFound();

    private static async Task<IResult> RoleAsync(string organization, IFormCollection form, HttpContext http, OrganizationStore organizations, Membership membership, Texts texts, CancellationToken aborted) =>
        await membership.ChangeRoleAsync(http.User.Id(), organization, form["person"].ToString(), form["role"] == "admin", aborted)
            ? SeeOther.To(http, PathOf(organization))
            : await ShowAsync(http, organization, organizations, aborted, texts["developers.organizations.last-admin"], "members");

    private static async Task<IResult> LeaveAsync(string organization, IFormCollection form, HttpContext http, OrganizationStore organizations, Membership membership, Texts texts, CancellationToken aborted) =>
        await membership.LeaveAsync(http.User.Id(), organization, aborted)
            ? SeeOther.To(http, Home)
            : await ShowAsync(http, organization, organizations, aborted, texts["developers.organizations.last-admin"], "members");

    private static async Task<IResult> DeleteAsync(string organization, IFormCollection form, HttpContext http, OrganizationStore organizations, Membership membership, Texts texts, CancellationToken aborted) =>
        await membership.DeleteAsync(http.User.Id(), organization, aborted)
            ? SeeOther.To(http, Home)
            : await ShowAsync(http, organization, organizations, aborted, texts["developers.organizations.not-empty"], "delete");

    private static async Task<IResult> TransferAsync(string organization, IFormCollection form, HttpContext http, Transfers transfers, CancellationToken aborted) =>
        await transfers.AnswerAsync(http.User.Id(), organization, form["app"].ToString(), form["answer"] == "accept", aborted) ? SeeOther.To(http, PathOf(organization)) : TypedResults.NotFound();

    private static async Task<IResult> ListAsync(HttpContext http, OrganizationStore organizations, CancellationToken aborted, string? error = null) => Page.Show<OrganizationsPage>(new
    {
        Organizations = await organizations.ListAsync(http.User.Id(), aborted),
        Invitations = await organizations.InvitationsAsync(http.User.Id(), aborted),
        Error = error,
    }, error is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> ShowAsync(HttpContext http, string id, OrganizationStore organizations, CancellationToken aborted, string? error = null, string? at = null, string? done = null, int status = StatusCodes.Status422UnprocessableEntity) =>
        await organizations.FindAsync(http.User.Id(), id, aborted) is { } view
            ? Page.Show<OrganizationPage>(new { View = view, Me = http.User.Id(), Error = error, At = at, Done = done }, error is null ? StatusCodes.Status200OK : status)
            : TypedResults.NotFound();
}
