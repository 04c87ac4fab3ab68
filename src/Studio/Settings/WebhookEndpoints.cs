using Holdfast.People.Sessions;
using Holdfast.Shell.Language;
using Holdfast.Shell.Outside;
using Holdfast.Shell.Pages;
using Holdfast.Studio.Notices.Hooks;
using Holdfast.Studio.Workspaces;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;

namespace Holdfast.Studio.Settings;

/// <summary><c>/settings/webhook</c>: a member's own address, its secret once, and what went there.</summary>
internal static class WebhookEndpoints
{
    private const string Path = "/webhook";
    private const int Shown = 100;

    public static void Map(IEndpointRouteBuilder settings)
    {
        settings.MapGet(Path, (string? said, HttpContext context, CurrentWorkspace workspace, HookStore hooks) => ShowAsync(context, workspace, hooks, said: SettingsEndpoints.Said(said)));
        settings.MapPost(Path, SetAsync);
        settings.MapPost(Path + "/remove", RemoveAsync).WithMetadata(new RequireAntiforgeryTokenAttribute());
        settings.MapPost(Path + "/{id}/again", AgainAsync).WithMetadata(new RequireAntiforgeryTokenAttribute());
    }

    private static async Task<IResult> SetAsync([FromForm] HookForm form, HttpContext context, CurrentWorkspace workspace, HookStore hooks, OutsideFetch outside, Texts texts)
    {
        var url = form.Url?.Trim() ?? "";
        if (await outside.CheckAsync(url, context.RequestAborted) is { } problem)
            return await ShowAsync(context, workspace, hooks, url: url, error: texts[$"settings.hook.problem.{problem}"]);
        // On this page alone, once: it is never sent again.
        var secret = await hooks.SetAsync(workspace.Id, context.User.Id(), url);
        context.Response.Headers.CacheControl = "no-store";
        return await ShowAsync(context, workspace, hooks, secret: secret);
    }

    private static async Task<IResult> RemoveAsync(HttpContext context, CurrentWorkspace workspace, HookStore hooks)
    {
        await hooks.RemoveAsync(workspace.Id, context.User.Id());
        return Results.LocalRedirect("/settings/webhook?said=removed");
    }

    private static async Task<IResult> AgainAsync(string id, HttpContext context, CurrentWorkspace workspace, HookStore hooks) =>
        await hooks.SendAgainAsync(workspace.Id, context.User.Id(), id) ? Results.LocalRedirect("/settings/webhook?said=again") : TypedResults.NotFound();

    private static async Task<IResult> ShowAsync(HttpContext context, CurrentWorkspace workspace, HookStore hooks, string? secret = null, string? url = null, string? error = null, string? said = null)
    {
        var hook = await hooks.FindAsync(workspace.Id, context.User.Id(), context.RequestAborted);
        return Page.Show<WebhookPage>(new
        {
            Hook = hook,
            Deliveries = hook is null ? [] : await hooks.ListAsync(workspace.Id, hook.Id, Shown, context.RequestAborted),
            Secret = secret,
            Url = url,
            Error = error,
            Said = said,
        }, error is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }
}

internal sealed class HookForm
{
    public string? Url { get; set; }
}
