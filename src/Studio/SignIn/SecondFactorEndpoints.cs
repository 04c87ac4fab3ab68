using Holdfast.People.SignIn;
using Holdfast.Shell.Language;
using Holdfast.Shell.Pages;
using Microsoft.AspNetCore.Mvc;

namespace Holdfast.Studio.SignIn;

/// <summary><c>/sign-in/code</c>: the second factor, after whatever came first.</summary>
internal static class SecondFactorEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sign-in/code", async (HttpContext http, FinishSignIn finish) =>
            await finish.WaitingAsync(http) is null ? Results.LocalRedirect("/sign-in") : Page.Show<CodePage>());
        routes.MapPost("/sign-in/code", ContinueAsync);
    }

    private static async Task<IResult> ContinueAsync([FromForm] string? code, HttpContext http, FinishSignIn finish, Texts texts) =>
        await finish.ContinueAsync(http, code ?? "") switch
        {
            SecondFactorResult.SignedIn(var next) => Results.LocalRedirect(next),
            SecondFactorResult.Wait(var wait) => Page.Show<CodePage>(new { Error = texts.Count("signin.code.wait", (long)Math.Ceiling(wait.TotalSeconds)) }, StatusCodes.Status429TooManyRequests),
            SecondFactorResult.Wrong => Page.Show<CodePage>(new { Error = texts["signin.code.wrong"] }, StatusCodes.Status422UnprocessableEntity),
            _ => Page.Show<SignInPage>(new { Error = texts["signin.code.lapsed"] }, StatusCodes.Status403Forbidden),
        };
}
