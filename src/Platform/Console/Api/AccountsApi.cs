using Holdfast.Platform.Console.Accounts;
using Holdfast.Platform.Tokens;
using Holdfast.Shell.Language;

namespace Holdfast.Platform.Console.Api;

/// <summary><c>/console/api/accounts/{name}/…</c>: what a person does.</summary>
internal static class AccountsApi
{
    private const int Shown = 200;

    private delegate Task<IResult> Deed(HttpContext http, AccountDeeds deeds, AccountView account, ConsoleInput input, Texts texts);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/accounts", async (string? search, AccountDeeds deeds, CancellationToken aborted) => ConsoleAnswer.Of(new { Accounts = (await deeds.ListAsync(search, Shown, aborted)).Select(View) }));
        api.MapGet("/accounts/{name}", async (string name, AccountDeeds deeds, Texts texts, CancellationToken aborted) => await deeds.FindAsync(name, aborted) is { } account
            ? ConsoleAnswer.Of(new { Account = View(account), Apps = (await deeds.AppsAsync(account, aborted)).Select(app => new { app.Id, app.Name, app.Scopes, app.GrantedAt, app.LastUsedAt }) })
            : ConsoleAnswer.Refused(404, texts["console.problem.Account"]));
        Map(api, "remove-access", ["app", "reason"], RemoveAccessAsync);
        Map(api, "rename", ["user_name", "display_name"], RenameAsync);
        Map(api, "private", ["private"], (http, deeds, account, input, texts) => SwitchAsync(input, "private", texts, on => deeds.HideAsync(http, account, on)));
        Map(api, "forbid-posting", ["forbidden"], (http, deeds, account, input, texts) => SwitchAsync(input, "forbidden", texts, on => deeds.ForbidPostingAsync(account, on, http.RequestAborted)));
        Map(api, "ban", [], async (http, deeds, account, _, _) =>
        {
            await deeds.BanAsync(account, http.RequestAborted);
            return Done();
        });
        Map(api, "unban", [], async (http, deeds, account, _, _) =>
        {
            await deeds.ForbidPostingAsync(account, false, http.RequestAborted);
            return Done();
        });
        Map(api, "delete", [], async (http, deeds, account, _, texts) =>
        {
            await deeds.DeleteAsync(account, texts, http.RequestAborted);
            return Done();
        });
    }

    private static void Map(IEndpointRouteBuilder api, string verb, string[] fields, Deed deed) => api.MapPost($"/accounts/{{name}}/{verb}", async (string name, HttpContext http, AccountDeeds deeds, Texts texts) =>
    {
        if (await deeds.FindAsync(name, http.RequestAborted) is not { } account)
            return ConsoleAnswer.Refused(404, texts["console.problem.Account"]);
        if (await ConsoleInput.ReadAsync(http.Request) is not { } input || input.Stranger(fields) is not null)
            return ConsoleAnswer.Refused(400, fields.Length == 0 ? texts["console.refused.no-body"] : texts["console.refused.only", string.Join(", ", fields)]);
        return await deed(http, deeds, account, input, texts);
    });

    private static async Task<IResult> RemoveAccessAsync(HttpContext http, AccountDeeds deeds, AccountView account, ConsoleInput input, Texts texts)
    {
        var reason = input["reason"] is null ? EndReason.Person : (EndReason)(int.TryParse(input["reason"], out var number) ? number : -1);
        if (!Enum.IsDefined(reason))
            return ConsoleAnswer.Refused(400, texts["console.refused.reason"]);
        var app = input["app"] is { } wanted ? (await deeds.AppsAsync(account, http.RequestAborted)).FirstOrDefault(one => one.Name == wanted || one.Id == wanted) : null;
        if (input["app"] is not null && app is null)
            return ConsoleAnswer.Refused(404, texts["console.refused.no-access"]);
        return ConsoleAnswer.Of(new { Ended = await deeds.RemoveAccessAsync(http, account, app?.Id, reason) });
    }

    private static async Task<IResult> RenameAsync(HttpContext http, AccountDeeds deeds, AccountView account, ConsoleInput input, Texts texts)
    {
        if (input["user_name"] is null && input["display_name"] is null)
            return ConsoleAnswer.Refused(400, texts["console.refused.only", "user_name, display_name"]);
        return await deeds.RenameAsync(http, account, input["user_name"], input["display_name"]) is { } problem ? ConsoleAnswer.Refused(400, texts[$"console.deed.{problem}"]) : Done();
    }

    private static async Task<IResult> SwitchAsync(ConsoleInput input, string field, Texts texts, Func<bool, Task> set)
    {
        if (input[field] is not (null or "on" or "off"))
            return ConsoleAnswer.Refused(400, $"{field}: {texts["console.shape.Switch"]}");
        await set(input[field] is not "off");
        return Done();
    }

    private static IResult Done() => ConsoleAnswer.Of(new { Done = true });

    private static object View(AccountView account) => new { account.UserName, account.DisplayName, Private = account.IsPrivate, Banned = account.IsBanned, Apps = account.AppCount };
}
