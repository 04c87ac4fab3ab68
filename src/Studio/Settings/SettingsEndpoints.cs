using Holdfast.Domain.Planning;
using Holdfast.People.Letters;
using Holdfast.People.Sessions;
using Holdfast.Shell.Language;
using Holdfast.Shell.Pages;
using Holdfast.Studio.Notices;
using Holdfast.Studio.Notices.Hooks;
using Holdfast.Studio.Workspaces;
using Microsoft.AspNetCore.Mvc;

namespace Holdfast.Studio.Settings;

/// <summary><c>/settings</c>: the workspace's rules for its owner, and what each member hears, how and when.</summary>
internal static class SettingsEndpoints
{
    public static IReadOnlyList<long> LateMinutes { get; } = [0, 15, 60, 180, 720, 1440];

    public static IReadOnlyList<long> EscalateHours { get; } = [1, 4, 12, 24, 48, 72];

    public static string PathOf(SettingsPlace place) => place is SettingsPlace.Workspace ? "/settings" : $"/settings/{place}".ToLowerInvariant();

    public static void MapSettings(this IEndpointRouteBuilder routes)
    {
        var settings = routes.MapGroup("/settings").RequireAuthorization();
        settings.MapGet("", ShowRulesAsync);
        settings.MapPost("", SaveRulesAsync);
        settings.MapGet("/notices", (string? said, HttpContext context, MemberPages pages) => pages.NoticesAsync(context, said: Said(said)));
        settings.MapPost("/notices", SaveChannelsAsync);
        settings.MapPost("/quiet", SaveQuietAsync);
        settings.MapGet("/quiet", () => Results.LocalRedirect("/settings/notices")); // after a wrong value this address stands in the bar
        WebhookEndpoints.Map(settings);
        EmailEndpoints.Map(settings);
    }

    /// <summary>Only words of ours come back on the page.</summary>
    public static string? Said(string? said) => said is "saved" or "removed" or "again" or "code" or "confirmed" ? said : null;

    private static async Task<IResult> ShowRulesAsync(string? said, HttpContext context, CurrentWorkspace workspace, NoticeSettings settings, CancellationToken aborted)
    {
        var rules = await settings.RulesAsync(workspace.Id, aborted);
        return Page.Show<WorkspacePage>(new { rules.Rules, rules.Members, (await settings.FindAsync(workspace.Id, context.User.Id(), aborted)).IsOwner, Said = Said(said) });
    }

    private static async Task<IResult> SaveRulesAsync([FromForm] RulesForm form, HttpContext context, CurrentWorkspace workspace, NoticeSettings settings)
    {
        if (form.LateMinutes is < 0 or > NoticeSettings.LongestLate || form.EscalateHours is < 1 or > NoticeSettings.LongestEscalation)
            return TypedResults.BadRequest();
        var saved = await settings.SaveRulesAsync(workspace.Id, context.User.Id(), new Rules { LateMinutes = form.LateMinutes, EscalateHours = form.EscalateHours, EscalateTo = form.EscalateTo });
        return saved ? Results.LocalRedirect("/settings?said=saved") : TypedResults.StatusCode(StatusCodes.Status403Forbidden);
    }

    private static async Task<IResult> SaveChannelsAsync([FromForm] ChannelsForm form, HttpContext context, CurrentWorkspace workspace, NoticeSettings settings, HookStore hooks)
    {
        var hasHook = await hooks.FindAsync(workspace.Id, context.User.Id(), context.RequestAborted) is not null;
        // Without an address the column cannot be ticked.
        await settings.SaveChoicesAsync(workspace.Id, context.User.Id(), Letters(form.Email), hasHook ? Kinds(form.Webhook) : null);
        return Results.LocalRedirect("/settings/notices?said=saved");
    }

    private static async Task<IResult> SaveQuietAsync([FromForm] QuietForm form, HttpContext context, CurrentWorkspace workspace, NoticeSettings settings, MemberPages pages, Texts texts)
    {
        QuietHours? quiet = null;
        if (form.IsQuiet is "true")
        {
            if (!TimeOnly.TryParseExact(form.From, "HH:mm", out var from) || !TimeOnly.TryParseExact(form.To, "HH:mm", out var to) || from == to)
                return await pages.NoticesAsync(context, field: "from", error: texts["settings.quiet.wrong"]);
            if (!Zones.Exists(form.Zone))
                return await pages.NoticesAsync(context, field: "zone", error: texts["settings.quiet.wrong-zone"], zone: form.Zone);
            quiet = new(from, to, form.Zone!); // it exists
        }
        await settings.SaveQuietAsync(workspace.Id, context.User.Id(), quiet);
        return Results.LocalRedirect("/settings/notices?said=saved");
    }

    /// <summary>For each kind its line's answer: <c>PostFailed:All</c>.</summary>
    private static Dictionary<Occasion, MailChoice> Letters(string[]? lines)
    {
        var choices = new Dictionary<Occasion, MailChoice>();
        foreach (var line in lines ?? [])
        {
            if (line.Split(':') is [var name, var said] && Enum.TryParse<Occasion>(name, out var kind) && Enum.TryParse<MailChoice>(said, out var choice))
                choices[kind] = choice;
        }
        return choices;
    }

    private static HashSet<Occasion> Kinds(string[]? names) => [.. (names ?? []).Select(name => Enum.TryParse<Occasion>(name, out var kind) ? kind : (Occasion?)null).OfType<Occasion>()];
}

internal sealed class RulesForm
{
    public long LateMinutes { get; set; }
    public long? EscalateHours { get; set; }
    public string? EscalateTo { get; set; }
}

internal sealed class ChannelsForm
{
    public string[]? Email { get; set; }
    public string[]? Webhook { get; set; }
}

internal sealed class QuietForm
{
    public string? IsQuiet { get; set; }
    public string? From { get; set; }
    public string? To { get; set; }
    public string? Zone { get; set; }
}

/// <summary>The page of what a member hears, as it is shown and shown again.</summary>
internal sealed class MemberPages(CurrentWorkspace workspace, NoticeSettings settings, NoticeStore notices, HookStore hooks, LetterBox letters)
{
    public async Task<IResult> NoticesAsync(HttpContext context, string? said = null, string? field = null, string? error = null, string? zone = null) => Page.Show<NoticesPage>(new
    {
        Member = await settings.FindAsync(workspace.Id, context.User.Id(), context.RequestAborted),
        letters.Delivery,
        HasHook = await hooks.FindAsync(workspace.Id, context.User.Id(), context.RequestAborted) is not null,
        Waiting = await notices.WaitingAsync(workspace.Id, aborted: context.RequestAborted),
        Said = said,
        Field = field,
        Error = error,
        Zone = zone,
    }, error is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
}
