using Holdfast.People.Sessions;
using Holdfast.Shell.Pages;

namespace Holdfast.Platform.Developers;

/// <summary><c>/developers</c>: a developer's apps. Somebody else's app is not there (404), whatever its id.</summary>
internal static class PortalEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var portal = routes.MapGroup("/developers").RequireAuthorization();
        portal.MapGet("", async (HttpContext http, AppRegistry apps, CancellationToken aborted) =>
            Page.Show<AppsPage>(new { Apps = await apps.ListAsync(http.User.Id(), aborted), Form = new AppForm { Scopes = ["user.info.basic", "video.list"] } }));
        portal.MapPost("/apps", CreateAsync);
        portal.MapGet("/apps/{id}", async (string id, string? saved, HttpContext http, AppRegistry apps, CancellationToken aborted) =>
            await apps.FindAsync(http.User.Id(), id, aborted) is { } app
                ? (IResult)Page.Show<AppPage>(new { Detail = app, Form = AppForm.Of(app), Saved = saved is not null })
                : TypedResults.NotFound());
        portal.MapPost("/apps/{id}", ChangeAsync);
        portal.MapPost("/apps/{id}/secret", RotateAsync);
    }

    private static async Task<IResult> CreateAsync(IFormCollection fields, HttpContext http, AppRegistry apps, AppIcons icons, CancellationToken aborted)
    {
        var form = AppForm.Read(fields);
        var icon = await IconUpload.ReadAsync(fields, aborted);
        switch (icon is IconUpload.Refused(var wrong) ? new RegisterResult.Refused(wrong) : await apps.RegisterAsync(http.User.Id(), form.ToNewApp(), aborted))
        {
            case RegisterResult.Registered(var app):
                await icons.ApplyAsync(http.User.Id(), app.Id, icon, aborted);
                return Page.Show<SecretPage>(new { app.Id, form.Name, app.ClientKey, app.ClientSecret });
            case RegisterResult.Refused(var problem):
                return Page.Show<AppsPage>(new { Apps = await apps.ListAsync(http.User.Id(), aborted), Form = form, Problem = problem }, StatusCodes.Status422UnprocessableEntity);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static async Task<IResult> ChangeAsync(string id, IFormCollection fields, HttpContext http, AppRegistry apps, AppIcons icons, CancellationToken aborted)
    {
        if (await apps.FindAsync(http.User.Id(), id, aborted) is not { } app)
            return TypedResults.NotFound();
        var form = AppForm.Read(fields);
        var icon = await IconUpload.ReadAsync(fields, aborted);
        if ((icon is IconUpload.Refused(var wrong) ? wrong : await apps.ChangeAsync(http.User.Id(), id, form.ToNewApp(), aborted)) is { } problem)
            return Page.Show<AppPage>(new { Detail = app, Form = form, Problem = problem }, StatusCodes.Status422UnprocessableEntity);
        await icons.ApplyAsync(http.User.Id(), id, icon, aborted);
        http.Response.Headers.Location = $"/developers/apps/{app.App.Id}?saved";
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }

    private static async Task<IResult> RotateAsync(string id, IFormCollection fields, HttpContext http, AppRegistry apps, CancellationToken aborted) =>
        await apps.FindAsync(http.User.Id(), id, aborted) is { } app && await apps.RotateSecretAsync(http.User.Id(), id, aborted) is { } secret
            ? Page.Show<SecretPage>(new { app.App.Id, app.App.Name, app.App.ClientKey, ClientSecret = secret })
            : TypedResults.NotFound();
}
