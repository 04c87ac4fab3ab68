using Holdfast.Platform.Overrides;
using Holdfast.Shell.Language;
using Holdfast.Shell.Pages;

namespace Holdfast.Platform.Console.Pages;

internal static class SettingsPages
{
    public static void Map(IEndpointRouteBuilder console)
    {
        console.MapGet("/settings", (string? done, SettingViews settings, AppSwitches apps, CancellationToken aborted) => ShowAsync(settings, apps, aborted, done: done));
        console.MapPost("/settings", SaveAsync);
        console.MapPost("/settings/reset", async (IFormCollection _, HttpContext http, OverrideStore store, HearConsole hear, CancellationToken aborted) =>
        {
            await store.ResetAsync(aborted);
            await hear.LookAsync();
            return ConsolePlace.Settings.Back(http, "settings-reset");
        });
        console.MapPost("/apps", async (IFormCollection form, HttpContext http, AppSwitches apps, CancellationToken aborted) =>
        {
            var mode = form["refresh_mode"].ToString();
            return await apps.ChangeAsync(form["client_key"].ToString(), form["audited"] == "on", AppSwitches.Modes.Contains(mode) ? mode : null, aborted)
                ? ConsolePlace.Settings.Back(http, "app-saved")
                : TypedResults.NotFound();
        });
    }

    private static async Task<IResult> SaveAsync(IFormCollection form, HttpContext http, SettingViews settings, AppSwitches apps, OverrideStore store, HearConsole hear, Texts texts, CancellationToken aborted)
    {
        // The page shows every value: one that is as configured needs no row.
        var configured = settings.List().ToDictionary(one => one.Setting.Name, one => one.Configured);
        var wanted = ConsoleInput.Of(form).All.ToDictionary(field => field.Key, field => field.Value is { Length: > 0 } value && value != configured.GetValueOrDefault(field.Key) ? value : null);
        if (await store.ChangeAsync(wanted, aborted) is { } wrong)
            return await ShowAsync(settings, apps, aborted, wrong, SettingTable.Find(wrong) is { } known ? texts[$"console.shape.{known.Shape}", string.Join(", ", known.Choices ?? [])] : texts["console.refused.field", wrong], wanted);
        await hear.LookAsync();
        return ConsolePlace.Settings.Back(http, "settings-saved");
    }

    private static async Task<IResult> ShowAsync(SettingViews settings, AppSwitches apps, CancellationToken aborted, string? wrong = null, string? error = null, IReadOnlyDictionary<string, string?>? form = null, string? done = null) => Page.Show<SettingsPage>(new
    {
        Settings = settings.List(),
        Apps = await apps.ListAsync(aborted),
        Form = form ?? new Dictionary<string, string?>(),
        Wrong = wrong,
        Error = error,
        Done = done,
    }, wrong is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
}
