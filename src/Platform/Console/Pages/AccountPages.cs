using Holdfast.Platform.Console.Accounts;
using Holdfast.Platform.Shell;
using Holdfast.Platform.Tokens;
using Holdfast.Shell.Language;
using Holdfast.Shell.Pages;

namespace Holdfast.Platform.Console.Pages;

internal static class AccountPages
{
    private const int Shown = 60;

    public static void Map(IEndpointRouteBuilder console)
    {
        console.MapGet("/accounts", async (string? search, string? done, AccountDeeds deeds, CancellationToken aborted) =>
            Page.Show<AccountsPage>(new { Accounts = await deeds.ListAsync(search, Shown, aborted), Search = search ?? "", Done = done }));
        console.MapGet("/accounts/{name}", async (string name, string? done, AccountDeeds deeds, CancellationToken aborted) =>
            await deeds.FindAsync(name, aborted) is { } account ? await ShowAsync(account, deeds, aborted, done: done) : TypedResults.NotFound());
        console.MapPost("/accounts/{name}/{verb}", ActAsync);
    }

    private static async Task<IResult> ActAsync(string name, string verb, IFormCollection form, HttpContext http, AccountDeeds deeds, Texts texts, CancellationToken aborted)
    {
        if (await deeds.FindAsync(name, aborted) is not { } account)
            return TypedResults.NotFound();
        switch (verb)
        {
            case "remove-access":
                var reason = int.TryParse(form["reason"], out var number) && Enum.IsDefined((EndReason)number) ? (EndReason)number : EndReason.Person;
                await deeds.RemoveAccessAsync(http, account, form["id"] is [{ Length: > 0 } id] ? id : null, reason);
                break;
            case "rename":
                if (await deeds.RenameAsync(http, account, form["user_name"] is [{ Length: > 0 } userName] ? userName : null, form["display_name"] is [{ Length: > 0 } display] ? display : null) is { } problem)
                    return await ShowAsync(account, deeds, aborted, texts[$"console.deed.{problem}"]);
                name = form["user_name"] is [{ Length: > 0 } renamed] ? renamed.Trim().TrimStart('@').ToLowerInvariant() : name;
                break;
            case "private":
                await deeds.HideAsync(http, account, form["private"] == "on");
                break;
            case "forbid-posting":
                await deeds.ForbidPostingAsync(account, form["forbidden"] == "on", aborted);
                break;
            case "ban":
                await deeds.BanAsync(account, aborted);
                break;
            case "delete":
                await deeds.DeleteAsync(account, texts, aborted);
                return ConsolePlace.Accounts.Back(http, "deleted");
            default:
                return TypedResults.NotFound();
        }
        return SeeOther.To(http, $"/console/accounts/{name}?done={verb}");
    }

    private static async Task<IResult> ShowAsync(AccountView account, AccountDeeds deeds, CancellationToken aborted, string? error = null, string? done = null) => Page.Show<AccountPage>(
        new { Account = account, Apps = await deeds.AppsAsync(account, aborted), Error = error, Done = done }, error is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
}
