using Holdfast.People.Sessions;
using Holdfast.Shell.Pages;

namespace Holdfast.Platform.Developers.Sandboxes;

/// <summary><c>/target-users/{token}</c>: where an account is asked, by itself, whether it wants to test a sandbox. Opening the link changes nothing.</summary>
internal static class TargetEndpoints
{
    public static string PathOf(string token) => $"/target-users/{token}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var page = routes.MapGroup("/target-users/{token}").RequireAuthorization();
        page.MapGet("", async (string token, TargetUsers targets, CancellationToken aborted) =>
            await targets.FindLinkAsync(token, aborted) is { } link ? Page.Show<AcceptPage>(new { Token = token, Link = link }) : Lapsed());
        page.MapPost("", async (string token, IFormCollection form, HttpContext http, TargetUsers targets, CancellationToken aborted) =>
            await targets.FindLinkAsync(token, aborted) is not { } link ? Lapsed()
            : form["agree"] != "true" ? Page.Show<AcceptPage>(new { Token = token, Link = link, NotAgreed = true }, StatusCodes.Status422UnprocessableEntity)
            : await targets.AcceptAsync(http.User.Id(), token, aborted) switch
            {
                TargetResult.Added => Page.Show<AcceptedPage>(new { Link = link }),
                TargetResult.Full => Page.Show<AcceptedPage>(new { Link = link, IsFull = true }, StatusCodes.Status409Conflict),
                _ => Lapsed(),
            });
    }

    private static IResult Lapsed() => Page.Show<AcceptedPage>(null, StatusCodes.Status404NotFound);
}
