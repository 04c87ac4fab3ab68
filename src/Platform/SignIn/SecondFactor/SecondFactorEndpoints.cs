using Holdfast.People;
using Holdfast.People.Passkeys;
using Holdfast.People.SecondFactor;
using Holdfast.People.SignIn;
using Holdfast.Shell.Guards;
using Holdfast.Shell.Language;
using Holdfast.Shell.Pages;
using Microsoft.AspNetCore.Mvc;

namespace Holdfast.Platform.SignIn.SecondFactor;

/// <summary><c>/login/code</c> after the first factor, and <c>/login/passkey</c> instead of it or after it.</summary>
internal static class SecondFactorEndpoints
{
    public static void MapSecondFactor(this IEndpointRouteBuilder routes)
    {
        // Their last redirect may leave for the app that asked (design §8).
        var pages = routes.MapGroup("/login").WithMetadata(new LeavesByRedirect());
        pages.MapGet("/code", ShowAsync);
        pages.MapPost("/code", ContinueAsync);
        pages.MapPost("/code/passkey", AskSecondAsync);
        pages.MapPost("/passkey", AskFirstAsync).LimitPerNetwork("passkey", KnockLimit.Asked);
        pages.MapPost("/passkey/answer", AnswerAsync);
    }

    private static async Task<IResult> ShowAsync(HttpContext http, FinishSignIn finish, Factors factors, PasskeyPlace place) =>
        await finish.WaitingAsync(http) is { } step ? await PageAsync(http, step, factors, place) : Results.LocalRedirect("/login");

    private static async Task<IResult> ContinueAsync([FromForm] string? code, HttpContext http, FinishSignIn finish, Factors factors, PasskeyPlace place, Texts texts)
    {
        var step = await finish.WaitingAsync(http);
        return await finish.ContinueAsync(http, code ?? "") switch
        {
            SecondFactorResult.SignedIn(var next) => SeeOther(http, next),
            SecondFactorResult.Wait(var wait) when step is not null => await PageAsync(http, step, factors, place, texts.Count("signin.secondfactor.wait", (long)Math.Ceiling(wait.TotalSeconds)), StatusCodes.Status429TooManyRequests),
            SecondFactorResult.Wrong when step is not null => await PageAsync(http, step, factors, place, texts["signin.secondfactor.wrong"], StatusCodes.Status422UnprocessableEntity),
            _ => Page.Show<SignInPage>(new { Error = texts["signin.secondfactor.lapsed"] }, StatusCodes.Status403Forbidden),
        };
    }

    private static async Task<IResult> PageAsync(HttpContext http, SignInStep step, Factors factors, PasskeyPlace place, string? error = null, int status = StatusCodes.Status200OK) => Page.Show<CodePage>(new
    {
        Factors = await factors.OfAsync(step.PersonId, http.RequestAborted),
        PasskeyProblem = place.ProblemAt(http.Request),
        PasskeyAddress = place.Address,
        Error = error,
    }, status);

    /// <summary>A passkey instead of the code: it is both factors, so its answer signs in like one at the first page.</summary>
    private static async Task<IResult> AskSecondAsync(HttpContext http, [FromForm] IFormCollection form, FinishSignIn finish, PeopleStore people, PasskeyCeremonies passkeys, PasskeyPlace place)
    {
        _ = form; // read for its anti-forgery token alone
        if (await finish.WaitingAsync(http) is not { } step || place.ProblemAt(http.Request) is not null || await people.FindAsync(step.PersonId, http.RequestAborted) is not { } person)
            return SeeOther(http, "/login/code");
        return Page.Show<PasskeyPage>(new { Question = await passkeys.BeginSecondFactorAsync(http, person, step.Next), Back = "/login/code" });
    }

    private static async Task<IResult> AskFirstAsync([AsParameters] SignInForm form, HttpContext http, PasskeyCeremonies passkeys, PasskeyPlace place, Texts texts)
    {
        var next = LocalPath.Or(form.Next, "/");
        if (place.ProblemAt(http.Request) is { } problem)
            return Again(next, form.UserName, texts[$"signin.secondfactor.passkey.problem.{problem}", place.Address]);
        if (string.IsNullOrWhiteSpace(form.UserName) || form.UserName.Length > 254)
            return Again(next, null, texts["signin.secondfactor.passkey.name-first"]);
        return Page.Show<PasskeyPage>(new { Question = await passkeys.BeginSignInAsync(http, form.UserName, next), Back = $"/login?next={Uri.EscapeDataString(next)}" });
    }

    private static async Task<IResult> AnswerAsync([FromForm] string? credential, HttpContext http, PasskeyCeremonies passkeys, CreatorAccounts accounts, FinishSignIn finish, Texts texts)
    {
        if (await passkeys.FinishSignInAsync(http, credential ?? "") is not { } signedIn)
            return Page.Show<SignInPage>(new { Error = texts["signin.secondfactor.passkey.refused"] }, StatusCodes.Status422UnprocessableEntity);
        await accounts.EnsureCreatorAsync(signedIn.PersonId, http.RequestAborted);
        return SeeOther(http, await finish.RunAsync(http, signedIn.PersonId, SignInMethod.Passkey, signedIn.Next));
    }

    private static IResult Again(string next, string? userName, string error) => Page.Show<SignInPage>(new { Next = next, UserName = userName, Error = error }, StatusCodes.Status422UnprocessableEntity);

    // 303, so that no browser posts the code again to wherever this leads (attack case 29).
    private static IResult SeeOther(HttpContext http, string path)
    {
        http.Response.Headers.Location = path;
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }
}
