using Holdfast.People.Sessions;
using Holdfast.Platform.Developers.Organizations;
using Holdfast.Platform.Developers.Review;
using Holdfast.Shell.Pages;

namespace Holdfast.Platform.Developers;

/// <summary><c>/developers</c>: a developer's apps, and one form from nothing to a key.</summary>
internal static class PortalEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var portal = routes.MapGroup("/developers").RequireAuthorization();
        portal.MapGet("", (string? deleted, HttpContext http, AppRegistry apps, OrganizationStore organizations, CancellationToken aborted) =>
            ShowAsync(http, apps, organizations, new NewAppForm(), null, deleted is not null, aborted));
        portal.MapPost("/apps", CreateAsync).WithMetadata(IconRule.Room);
    }

    private static async Task<IResult> CreateAsync(IFormCollection fields, HttpContext http, AppRegistry apps, AppIcons icons, OrganizationStore organizations, Reviews reviews, CancellationToken aborted)
    {
        var form = NewAppForm.Read(fields);
        var icon = await IconUpload.ReadAsync(fields, aborted);
        switch (icon is IconUpload.Refused(var wrong) ? new RegisterResult.Refused(wrong) : await apps.RegisterAsync(http.User.Id(), form.ToNewApp(), aborted))
        {
            case RegisterResult.Registered(var app):
                await icons.GiveAsync(http.User.Id(), app.Id, icon, aborted);
                return Page.Show<SecretPage>(new { app.Id, form.Name, app.ClientKey, app.ClientSecret, Waits = reviews.Mode is ReviewMode.Manual });
            case RegisterResult.Refused(var problem):
                return await ShowAsync(http, apps, organizations, form, problem, false, aborted);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static async Task<IResult> ShowAsync(HttpContext http, AppRegistry apps, OrganizationStore organizations, NewAppForm form, AppProblem? problem, bool deleted, CancellationToken aborted) => Page.Show<AppsPage>(new
    {
        Apps = await apps.ListAsync(http.User.Id(), aborted),
        Organizations = await organizations.ListAsync(http.User.Id(), aborted),
        Form = form,
        Problem = problem,
        Deleted = deleted,
    }, problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
}
