using Holdfast.People;
using Holdfast.People.Email;
using Holdfast.People.SignIn;
using Holdfast.Platform.Shell;
using Holdfast.Shell.Language;
using Holdfast.Shell.Pages;
using Microsoft.AspNetCore.Mvc;

namespace Holdfast.Platform.SignIn;

/// <summary><c>/login/letter</c>: logging in by a code in a letter; <c>/login/code</c> asks for the second factor. Every step answers alike whether or not there is such an account.</summary>
internal static class EmailCodeEndpoints
{
    public const string Ask = "/login/letter";
    public const string Enter = "/login/letter/enter";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Ask, (string? next) => ShowAsk(next));
        routes.MapPost(Ask, AskAsync);
        routes.MapGet(Enter, (string? next) => ShowEnter(next));
        routes.MapPost(Enter, EnterAsync);
    }

    private static async Task<IResult> AskAsync([AsParameters] CodeForm form, HttpContext http, EmailSignIn signIn, Texts texts) =>
        await signIn.AskAsync(http, form.UserName ?? "", texts)
            ? SeeOther.To(http, $"{Enter}?next={Uri.EscapeDataString(LocalPath.Or(form.Next, "/"))}")
            : ShowAsk(form.Next, texts["signin.code.too-often"], StatusCodes.Status429TooManyRequests);

    private static async Task<IResult> EnterAsync([AsParameters] CodeForm form, HttpContext http, EmailSignIn signIn, CreatorAccounts accounts, FinishSignIn finish, Texts texts)
    {
        if (await signIn.EnterAsync(http, form.Code ?? "") is not { } personId)
            return ShowEnter(form.Next, texts["signin.code.wrong"], StatusCodes.Status422UnprocessableEntity);
        await accounts.EnsureCreatorAsync(personId, http.RequestAborted);
        return SeeOther.To(http, await finish.RunAsync(http, personId, SignInMethod.EmailCode, LocalPath.Or(form.Next, "/")));
    }

    private static IResult ShowAsk(string? next, string? error = null, int status = StatusCodes.Status200OK) =>
        Page.Show<AskLetterPage>(new { Next = LocalPath.Or(next, "/"), Action = Ask, Key = "code", Error = error }, status);

    private static IResult ShowEnter(string? next, string? error = null, int status = StatusCodes.Status200OK) =>
        Page.Show<EnterCodePage>(new { Next = LocalPath.Or(next, "/"), Error = error }, status);
}

internal sealed class CodeForm
{
    [FromForm] public string? UserName { get; set; }
    [FromForm] public string? Code { get; set; }
    [FromForm] public string? Password { get; set; }
    [FromForm] public string? Link { get; set; }
    [FromForm] public string? Next { get; set; }
}
