using Holdfast.Platform.Overrides;
using Holdfast.Shell.Language;

namespace Holdfast.Platform.Console.Api;

/// <summary><c>/console/api/settings</c> and <c>/console/api/apps</c>.</summary>
internal static class SettingsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/settings", (SettingViews settings) => ConsoleAnswer.Of(View(settings)));
        api.MapPut("/settings", ChangeAsync);
        api.MapDelete("/settings", async (OverrideStore store, HearConsole hear, SettingViews settings, CancellationToken aborted) =>
        {
            await store.ResetAsync(aborted);
            await hear.LookAsync();
            return ConsoleAnswer.Of(View(settings));
        });
        api.MapGet("/apps", async (AppSwitches apps, CancellationToken aborted) => ConsoleAnswer.Of(new
        {
            Apps = (await apps.ListAsync(aborted)).Select(app => new { app.ClientKey, app.Name, Audited = app.IsAudited, RefreshMode = app.RefreshMode ?? AppSwitches.Usual }),
        }));
        api.MapPut("/apps/{key}", ChangeAppAsync);
    }

    private static object View(SettingViews settings) => new
    {
        Settings = settings.List().ToDictionary(one => one.Setting.Name, one => new { one.Value, one.Configured, one.Set, one.Story, one.EndsAt }),
    };

    private static async Task<IResult> ChangeAsync(HttpContext http, OverrideStore store, HearConsole hear, SettingViews settings, Texts texts, CancellationToken aborted)
    {
        if (await ConsoleInput.ReadAsync(http.Request) is not { } input)
            return ConsoleAnswer.Refused(400, texts["console.refused.body"]);
        if (await store.ChangeAsync(input.All, aborted) is { } wrong)
        {
            return ConsoleAnswer.Refused(400, SettingTable.Find(wrong) is { } known
                ? $"{wrong}: {texts[$"console.shape.{known.Shape}", string.Join(", ", known.Choices ?? [])]}"
                : texts["console.refused.stranger", wrong, string.Join(", ", SettingTable.All.Select(setting => setting.Name))]);
        }
        await hear.LookAsync();
        return ConsoleAnswer.Of(View(settings));
    }

    private static async Task<IResult> ChangeAppAsync(string key, HttpContext http, AppSwitches apps, Texts texts, CancellationToken aborted)
    {
        if (await ConsoleInput.ReadAsync(http.Request) is not { } input || input.Stranger("audited", "refresh_mode") is not null)
            return ConsoleAnswer.Refused(400, texts["console.refused.only", "audited, refresh_mode"]);
        if (input["audited"] is not (null or "on" or "off"))
            return ConsoleAnswer.Refused(400, $"audited: {texts["console.shape.Switch"]}");
        if (input["refresh_mode"] is { } mode && !AppSwitches.Modes.Contains(mode))
            return ConsoleAnswer.Refused(400, $"refresh_mode: {texts["console.shape.Choice", string.Join(", ", AppSwitches.Modes)]}");
        return await apps.ChangeAsync(key, input["audited"] switch { "on" => true, "off" => false, _ => null }, input["refresh_mode"], aborted)
            ? ConsoleAnswer.Of(new { Changed = key })
            : ConsoleAnswer.Refused(404, texts["console.problem.App"]);
    }
}
