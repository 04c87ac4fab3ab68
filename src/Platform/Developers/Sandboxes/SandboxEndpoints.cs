using Holdfast.People.Sessions;
using Holdfast.Platform.Shell;
using Holdfast.Shell.Pages;

namespace Holdfast.Platform.Developers.Sandboxes;

/// <summary><c>/developers/apps/{id}/sandboxes</c>: of an app its sandboxes, of a sandbox its target users.</summary>
internal static class SandboxEndpoints
{
    public static void Map(RouteGroupBuilder app)
    {
        app.MapGet("/sandboxes", (string? done, HttpContext http, SandboxStore sandboxes, TargetUsers targets, CancellationToken aborted) => ShowAsync(http, sandboxes, targets, aborted, done: done));
        app.MapPost("/sandboxes", MakeAsync);
        app.MapPost("/sandboxes/import", ImportAsync);
        app.MapPost("/sandboxes/delete", DeleteAsync);
        app.MapPost("/sandboxes/targets", InviteAsync);
        app.MapPost("/sandboxes/targets/remove", RemoveTargetAsync);
    }

    private static async Task<IResult> MakeAsync(IFormCollection form, HttpContext http, SandboxStore sandboxes, TargetUsers targets, CancellationToken aborted)
    {
        var (id, name) = (http.OwnApp().App.Id, form["name"].ToString());
        return await sandboxes.MakeAsync(http.User.Id(), id, name, form["from"].ToString(), aborted) switch
        {
            SandboxResult.Made(var made) => Page.Show<SecretPage>(new { made.Id, Name = name.Trim(), made.ClientKey, made.ClientSecret, IsSandbox = true }),
            SandboxResult.Refused(var problem) => await ShowAsync(http, sandboxes, targets, aborted, name: name, problem: problem),
            _ => TypedResults.NotFound(),
        };
    }

    private static async Task<IResult> ImportAsync(IFormCollection form, HttpContext http, SandboxStore sandboxes, TargetUsers targets, CancellationToken aborted) =>
        await sandboxes.ImportAsync(http.User.Id(), http.OwnApp().App.Id, form["sandbox"].ToString(), aborted) switch
        {
            SandboxResult.Done => SeeOther.To(http, AppPlace.Review.PathOf(http.OwnApp().App.Id) + "?done=imported"),
            SandboxResult.Refused(var problem) => await ShowAsync(http, sandboxes, targets, aborted, problem: problem),
            _ => TypedResults.NotFound(),
        };

    private static async Task<IResult> DeleteAsync(IFormCollection form, HttpContext http, SandboxStore sandboxes, CancellationToken aborted) =>
        await sandboxes.DeleteAsync(http.User.Id(), http.OwnApp().App.Id, form["sandbox"].ToString(), aborted) ? SeeOther.To(http, AppPlace.Sandboxes.PathOf(http.OwnApp().App.Id) + "?done=deleted") : TypedResults.NotFound();

    private static async Task<IResult> InviteAsync(IFormCollection form, HttpContext http, SandboxStore sandboxes, TargetUsers targets, CancellationToken aborted) =>
        await targets.InviteAsync(http.User.Id(), http.OwnApp().App.Id, aborted) is { } token
            ? await ShowAsync(http, sandboxes, targets, aborted, link: $"{http.Request.Scheme}://{http.Request.Host}{TargetEndpoints.PathOf(token)}")
            : TypedResults.NotFound();

    private static async Task<IResult> RemoveTargetAsync(IFormCollection form, HttpContext http, TargetUsers targets, CancellationToken aborted) =>
        await targets.RemoveAsync(http.User.Id(), http.OwnApp().App.Id, form["person"].ToString(), aborted) ? SeeOther.To(http, AppPlace.Sandboxes.PathOf(http.OwnApp().App.Id) + "?done=target-removed") : TypedResults.NotFound();

    private static async Task<IResult> ShowAsync(HttpContext http, SandboxStore sandboxes, TargetUsers targets, CancellationToken aborted, string? done = null, string name = "", string? link = null, AppProblem? problem = null)
    {
        var own = http.OwnApp().App;
        var status = problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity;
        return own.IsSandbox
            ? Page.Show<TargetsPage>(new { Client = own, Targets = await targets.ListAsync(http.User.Id(), own.Id, aborted), Link = link, Done = done }, status)
            : Page.Show<SandboxesPage>(new { Client = own, Sandboxes = await sandboxes.ListAsync(http.User.Id(), own.Id, aborted), Name = name, Problem = problem, Done = done }, status);
    }
}
