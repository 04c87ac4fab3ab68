using Holdfast.People;
using Holdfast.People.Email;
using Holdfast.People.Sessions;
using Holdfast.People.SignIn;
using Holdfast.Shell.Guards;
using Holdfast.Shell.Language;
using Holdfast.Shell.Pages;
using Microsoft.AspNetCore.Mvc;
using SignInResult = Holdfast.People.SignIn.SignInResult;

namespace Holdfast.Platform.SignIn;

/// <summary><c>/login</c>, <c>/signup</c>, <c>/logout</c>. Inside an authorization request they lead back to it through <c>next</c>.</summary>
internal static class SignInEndpoints
{
    public static IServiceCollection AddSignIn(this IServiceCollection services) => services.AddSingleton<DemoPeople>().AddSingleton<CreatorAccounts>().AddSingleton<DemoContent>();

    public static void MapSignIn(this IEndpointRouteBuilder routes, bool offersDemo)
    {
        // Their last redirect may leave for the app that asked (design §8).
        var pages = routes.MapGroup("").WithMetadata(new LeavesByRedirect());
        pages.MapGet("/login", (string? next, string? reset, string? deleted, string? everywhere, HttpContext http) => http.User.IdOrNull() is null
            ? (IResult)Page.Show<SignInPage>(new { Next = LocalPath.Or(next, "/"), Done = reset is not null ? "reset-done" : deleted is not null ? "deleted" : everywhere is not null ? "signed-out-everywhere" : null })
            : Results.LocalRedirect(LocalPath.Or(next, "/")));
        pages.MapPost("/login", LogInAsync);
        pages.MapGet("/signup", (string? next) => Page.Show<SignUpPage>(new { Next = LocalPath.Or(next, "/") }));
        pages.MapPost("/signup", SignUpAsync).LimitPerNetwork("signup", KnockLimit.SignUps);
        pages.MapPost("/logout", LogOutAsync);
        EmailCodeEndpoints.Map(pages);
        ResetEndpoints.Map(pages);
        TroubleEndpoints.Map(routes);
        if (offersDemo)
            pages.MapPost("/login/demo", LogInAsDemoAsync);
    }

    private static async Task<IResult> LogInAsync([AsParameters] SignInForm form, HttpContext http, PasswordSignIn signIn, CreatorAccounts accounts, FinishSignIn finish, Texts texts)
    {
        var next = LocalPath.Or(form.Next, "/");
        switch (await signIn.TryAsync(form.UserName ?? "", form.Password ?? "", http))
        {
            case SignInResult.Right proven:
                await accounts.EnsureCreatorAsync(proven.PersonId, http.RequestAborted);
                return SeeOther(http, await finish.RunAsync(http, proven, next));
            case SignInResult.Wait(var wait):
                return Page.Show<SignInPage>(new { Next = next, form.UserName, Error = texts.Count("signin.wait", (long)Math.Ceiling(wait.TotalSeconds)) }, StatusCodes.Status429TooManyRequests);
            default:
                return Page.Show<SignInPage>(new { Next = next, form.UserName, Error = texts["signin.wrong"] }, StatusCodes.Status422UnprocessableEntity);
        }
    }

    /// <summary>One click as a demo person: the ordinary sign-in with the password the README prints.</summary>
    private static Task<IResult> LogInAsDemoAsync([AsParameters] SignInForm form, HttpContext http, PasswordSignIn signIn, CreatorAccounts accounts, FinishSignIn finish, Texts texts)
    {
        form.Password = DemoPeople.Password;
        return LogInAsync(form, http, signIn, accounts, finish, texts);
    }

    /// <summary>A user name is public, so a taken one may be told. An address is not: it is only noted here, belongs to whoever proves it, and a letter goes there in any case.</summary>
    private static async Task<IResult> SignUpAsync([AsParameters] SignInForm form, HttpContext http, CreatorAccounts accounts, ChangeEmail emails, FinishSignIn finish, Texts texts)
    {
        var next = LocalPath.Or(form.Next, "/");
        var email = string.IsNullOrWhiteSpace(form.Email) ? null : form.Email;
        switch (email is null || EmailRule.IsAddress(email)
            ? await accounts.SignUpAsync(new NewPerson(form.UserName ?? "", form.Password ?? "", null, form.DisplayName), http.RequestAborted)
            : new SignUpResult.Refused(SignUpProblem.Email))
        {
            case SignUpResult.Added(var person):
                if (email is not null)
                    await emails.AskAsync(http, person.Id, email, texts);
                return SeeOther(http, await finish.RunAsync(http, person.Id, SignInMethod.SignUp, next));
            case SignUpResult.Refused(var problem):
                var field = problem switch { SignUpProblem.UserName or SignUpProblem.Taken => "username", SignUpProblem.Email => "email", SignUpProblem.DisplayName => "displayName", _ => "password" };
                return Page.Show<SignUpPage>(new { Next = next, form.UserName, form.Email, form.DisplayName, Field = field, Error = texts[$"signin.problem.{problem}"] }, StatusCodes.Status422UnprocessableEntity);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static async Task<IResult> LogOutAsync([FromForm] string? next, HttpContext http, SessionCookie cookie)
    {
        await cookie.EndAsync(http);
        return SeeOther(http, LocalPath.Or(next, "/"));
    }

    // 303, so that no browser posts the password again to wherever this leads (attack case 29).
    private static IResult SeeOther(HttpContext http, string path)
    {
        http.Response.Headers.Location = path;
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }
}

internal sealed class SignInForm
{
    [FromForm] public string? UserName { get; set; }
    [FromForm] public string? Password { get; set; }
    [FromForm] public string? Email { get; set; }
    [FromForm] public string? DisplayName { get; set; }
    [FromForm] public string? Next { get; set; }
}
