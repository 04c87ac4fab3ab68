using Holdfast.People.Account;
using Holdfast.People.Sessions;
using Holdfast.Platform.Shell;
using Holdfast.Shell.Language;
using Holdfast.Shell.Pages;
using Microsoft.AspNetCore.Mvc;

namespace Holdfast.Platform.Settings;

/// <summary><c>/settings/profile</c>: the profile, the private account, and the account's end.</summary>
internal static class ProfileEndpoints
{
    private const string Path = "/profile";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, async (string? done, HttpContext http, ProfileSettings settings) => Show(await settings.FindAsync(http.User.Id(), http.RequestAborted), done: SettingsFeature.Done(done)));
        routes.MapPost(Path, SaveAsync);
        routes.MapPost(Path + "/delete", DeleteAsync);
    }

    private static async Task<IResult> SaveAsync([AsParameters] ProfileForm form, HttpContext http, ProfileSettings settings, Texts texts) =>
        await settings.SaveAsync(http, http.User.Id(), form) is { } field ? Show(form, field, texts[$"settings.profile.problem.{field}"]) : SettingsFeature.Back(http, SettingsPlace.Profile, SettingsDone.Profile);

    private static async Task<IResult> DeleteAsync([FromForm] string? confirmName, [FromForm] string? password, HttpContext http, DeleteAccount account, SessionCookie cookie, ProfileSettings settings, Texts texts)
    {
        switch (await account.RunAsync(http, confirmName ?? "", password ?? "", texts))
        {
            case DeleteResult.Deleted:
                await cookie.EndAsync(http);
                return SeeOther.To(http, "/login?deleted");
            case DeleteResult.Wait(var wait):
                return Show(await settings.FindAsync(http.User.Id(), http.RequestAborted), "delete-password", texts.Count("signin.wait", (long)Math.Ceiling(wait.TotalSeconds)), StatusCodes.Status429TooManyRequests);
            case DeleteResult.SignInAgain:
                return Show(await settings.FindAsync(http.User.Id(), http.RequestAborted), "delete-password", texts["settings.password.sign-in-again"]);
            case DeleteResult.WrongName:
                return Show(await settings.FindAsync(http.User.Id(), http.RequestAborted), "delete-name", texts["settings.delete.wrong-name"]);
            default:
                return Show(await settings.FindAsync(http.User.Id(), http.RequestAborted), "delete-password", texts["settings.password.wrong"]);
        }
    }

    private static IResult Show(ProfileForm? form, string? field = null, string? error = null, int status = StatusCodes.Status422UnprocessableEntity, SettingsDone? done = null) =>
        Page.Show<ProfileSettingsPage>(new { Form = form ?? new ProfileForm(), Field = field, Error = error, Done = done }, field is null ? StatusCodes.Status200OK : status);
}
