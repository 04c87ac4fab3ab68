using Holdfast.Platform.Shell;
using Holdfast.Platform.SignIn;
using Holdfast.Shell.Pages;

namespace Holdfast.Platform.Console.Pages;

/// <summary><c>/console/enter</c>: where the token that was printed at the start is shown once, and a cookie stands for it from then on.</summary>
internal static class EnterEndpoints
{
    private const int Tries = 30;

    public static void Map(IEndpointRouteBuilder routes)
    {
        // The printed link: the token leaves the address bar at once.
        routes.MapGet("/console/enter", (string? token, HttpContext http, ConsoleToken key) => Enter(token, http, key)).AllowAnonymous().LimitPerNetwork("console", Tries);
        routes.MapPost("/console/enter", (IFormCollection form, HttpContext http, ConsoleToken key) => Enter(form["token"], http, key)).AllowAnonymous().LimitPerNetwork("console", Tries);
    }

    private static IResult Enter(string? token, HttpContext http, ConsoleToken key)
    {
        if (key.IsAsked && !key.Matches(token))
            return Page.Show<LockedPage>(new { IsWrong = token is not null }, StatusCodes.Status401Unauthorized);
        if (key.IsAsked)
            ConsoleGuard.Remember(http);
        return SeeOther.To(http, "/console");
    }
}
