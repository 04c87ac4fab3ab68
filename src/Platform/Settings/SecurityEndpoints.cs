using Holdfast.People.Activity;
using Holdfast.People.Email;
using Holdfast.People.Passwords;
using Holdfast.People.SecondFactor;
using Holdfast.People.Sessions;
using Holdfast.Platform.Shell;
using Holdfast.Shell.Language;
using Holdfast.Shell.Pages;
using Holdfast.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Holdfast.Platform.Settings;

/// <summary><c>/settings/security</c>: e-mail, password, sessions, and what other features bring.</summary>
internal static class SecurityEndpoints
{
    private const string Path = "/security";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, (string? done) => Show(done: SettingsFeature.Done(done)));
        routes.MapPost(Path + "/email", ChangeEmailAsync);
        routes.MapPost(Path + "/email/again", SendAgainAsync);
        routes.MapPost(Path + "/email/code", ConfirmEmailAsync);
        routes.MapPost(Path + "/password", ChangePasswordAsync);
        routes.MapPost(Path + "/sessions/end", EndSessionAsync);
        routes.MapPost(Path + "/sessions/end-all", EndAllAsync);
    }

    private static async Task<IResult> ChangeEmailAsync([AsParameters] SecurityForm form, HttpContext http, Proof proof, ChangeEmail emails, Texts texts)
    {
        if (!EmailRule.IsAddress(form.Email ?? ""))
            return Show("email", texts["signin.problem.Email"], email: form.Email);
        return await proof.PasswordAsync(http, form.Password ?? "") switch
        {
            ProofAnswer.Wait(var wait) => Wait("email-password", wait, texts, form.Email),
            ProofAnswer.Wrong => Show("email-password", texts["settings.password.wrong"], email: form.Email),
            ProofAnswer.SignInAgain => Show("email-password", texts["settings.password.sign-in-again"], email: form.Email),
            _ => await AskAsync(http, form.Email!, emails, texts), // an address was sent: it was checked above
        };
    }

    private static async Task<IResult> SendAgainAsync([AsParameters] SecurityForm form, HttpContext http, ChangeEmail emails, Texts texts)
    {
        _ = form; // read for its anti-forgery token
        return (await emails.FindAsync(http.User.Id(), http.RequestAborted)).Unproven is { } address ? await AskAsync(http, address, emails, texts) : SettingsFeature.Back(http, SettingsPlace.Security);
    }

    private static async Task<IResult> AskAsync(HttpContext http, string address, ChangeEmail emails, Texts texts) =>
        await emails.AskAsync(http, http.User.Id(), address, texts)
            ? SettingsFeature.Back(http, SettingsPlace.Security, SettingsDone.Code)
            : Show("code", texts["signin.code.too-often"], StatusCodes.Status429TooManyRequests);

    private static async Task<IResult> ConfirmEmailAsync([AsParameters] SecurityForm form, HttpContext http, ChangeEmail emails, Texts texts) =>
        await emails.ConfirmAsync(http, http.User.Id(), form.Code ?? "", texts)
            ? SettingsFeature.Back(http, SettingsPlace.Security, SettingsDone.Email)
            : Show("code", texts["signin.code.wrong"]);

    private static async Task<IResult> ChangePasswordAsync([AsParameters] SecurityForm form, HttpContext http, ChangePassword passwords, SessionCookie cookie, Texts texts)
    {
        switch (await passwords.RunAsync(http, form.Password ?? "", form.NewPassword ?? "", texts))
        {
            case PasswordResult.Changed:
                await cookie.RenewAsync(http);
                return SettingsFeature.Back(http, SettingsPlace.Security, SettingsDone.Password);
            case PasswordResult.Refused(var problem):
                return Show("new-password", texts[$"signin.problem.{problem}"]);
            case PasswordResult.Wait(var wait):
                return Wait("old-password", wait, texts);
            case PasswordResult.SignInAgain:
                return Show("old-password", texts["settings.password.sign-in-again"]);
            default:
                return Show("old-password", texts["settings.password.wrong"]);
        }
    }

    private static async Task<IResult> EndSessionAsync([AsParameters] SecurityForm form, HttpContext http, SessionStore sessions) =>
        await sessions.EndOneAsync(http.User.Id(), form.Id ?? "", http.RequestAborted) ? SettingsFeature.Back(http, SettingsPlace.Security, SettingsDone.Session) : TypedResults.NotFound();

    private static async Task<IResult> EndAllAsync([AsParameters] SecurityForm form, HttpContext http, Database database, SessionStore sessions, SessionCookie cookie, ActivityLog activity)
    {
        _ = form; // read for its anti-forgery token
        await database.WriteAsync(async session =>
        {
            await sessions.EndAllAsync(session, http.User.Id());
            await activity.AddAsync(session, http, http.User.Id(), ActivityKind.SignedOutEverywhere);
        }, http.RequestAborted);
        await cookie.EndAsync(http);
        return SeeOther.To(http, "/login?everywhere");
    }

    private static IResult Wait(string field, TimeSpan wait, Texts texts, string? email = null) => Show(field, texts.Count("signin.wait", (long)Math.Ceiling(wait.TotalSeconds)), StatusCodes.Status429TooManyRequests, email);

    private static IResult Show(string? field = null, string? error = null, int status = StatusCodes.Status422UnprocessableEntity, string? email = null, SettingsDone? done = null) =>
        Page.Show<SecurityPage>(new { Field = field, Error = error, Email = email, Done = done }, field is null ? StatusCodes.Status200OK : status);
}

internal sealed class SecurityForm
{
    [FromForm] public string? Email { get; set; }
    [FromForm] public string? Code { get; set; }
    [FromForm] public string? Password { get; set; }
    [FromForm] public string? NewPassword { get; set; }
    [FromForm] public string? Id { get; set; }
}
