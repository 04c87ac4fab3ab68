using Holdfast.People;
using Holdfast.People.Sessions;
using Holdfast.People.SignIn;
using Holdfast.Shell.Language;
using Holdfast.Shell.Pages;
using Holdfast.Studio.Workspaces;
using Microsoft.AspNetCore.Mvc;
using SignInResult = Holdfast.People.SignIn.SignInResult;

namespace Holdfast.Studio.SignIn;

internal static class SignInEndpoints
{
    public static void AddSignIn(this IServiceCollection services) => services.AddSingleton<SetupToken>().AddSingleton<DemoOwner>();

    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sign-in", ShowAsync);
        routes.MapPost("/sign-in", SignInAsync);
        routes.MapPost("/sign-in/demo", DemoAsync);
        routes.MapPost("/sign-out", SignOutAsync);
        SecondFactorEndpoints.Map(routes);
        SetupEndpoints.Map(routes);
    }

    private static async Task<IResult> ShowAsync(string? next, HttpContext context, WorkspaceStore workspaces, DemoOwner demo, CancellationToken aborted)
    {
        if (context.User.IdOrNull() is not null)
            return Results.LocalRedirect(LocalPath.Or(next, "/"));
        return demo.IsOffered || await workspaces.AnyAsync(aborted)
            ? Page.Show<SignInPage>(new { Next = LocalPath.Or(next, "/") })
            : Results.LocalRedirect("/setup");
    }

    private static async Task<IResult> SignInAsync(
        [FromForm] string? username, [FromForm] string? password, [FromForm] string? next,
        HttpContext context, PasswordSignIn signIn, FinishSignIn finish, Texts texts)
    {
        var target = LocalPath.Or(next, "/");
        switch (await signIn.TryAsync(username ?? "", password ?? "", context))
        {
            case SignInResult.Right proven:
                return Results.LocalRedirect(await finish.RunAsync(context, proven, target));
            case SignInResult.Wait(var wait):
                return Page.Show<SignInPage>(new { Next = target, UserName = username, Error = texts.Count("signin.wait", (long)Math.Ceiling(wait.TotalSeconds)) }, StatusCodes.Status429TooManyRequests);
            default:
                return Page.Show<SignInPage>(new { Next = target, UserName = username, Error = texts["signin.wrong"] }, StatusCodes.Status422UnprocessableEntity);
        }
    }

    /// <summary>One click as the demo owner: a form like any other, and gone off loopback.</summary>
    private static async Task<IResult> DemoAsync([FromForm] string? next, HttpContext context, DemoOwner demo, FinishSignIn finish, CancellationToken aborted)
    {
        if (await demo.EnsureAsync(aborted) is not { } owner)
            return TypedResults.NotFound();
        return Results.LocalRedirect(await finish.RunAsync(context, owner.Id, SignInMethod.Demo, LocalPath.Or(next, "/")));
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, SessionCookie cookie, [FromForm] string? next)
    {
        await cookie.EndAsync(context);
        return Results.LocalRedirect(LocalPath.Or(next, "/sign-in"));
    }
}
