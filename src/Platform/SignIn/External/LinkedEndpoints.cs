using Holdfast.People.External;
using Holdfast.People.Sessions;
using Holdfast.Shell.Pages;
using Microsoft.AspNetCore.Mvc;

namespace Holdfast.Platform.SignIn.External;

/// <summary><c>/settings/security/linked</c>: which accounts elsewhere open this one.</summary>
internal static class LinkedEndpoints
{
    public const string Here = "/settings/security/linked";

    public static void Map(IEndpointRouteBuilder pages)
    {
        var linked = pages.MapGroup(Here).RequireAuthorization();
        linked.MapGet("", async (string? done, HttpContext http, ExternalLogins logins, Providers providers) => await ShowAsync(http, logins, providers, done));
        linked.MapPost("/add/{provider}", async (string provider, HttpContext http, IFormCollection form, ExternalSignIn external, Providers providers) =>
            ExternalEndpoints.Answer(http, await external.BeginAsync(http, provider, http.User.Id(), Here), provider, Here, providers));
        linked.MapPost("/remove", RemoveAsync);
    }

    private static async Task<IResult> RemoveAsync([FromForm] string? provider, [FromForm] string? subject, HttpContext http, ExternalLogins logins, Providers providers) =>
        await logins.UnlinkAsync(http, http.User.Id(), provider ?? "", subject ?? "") switch
        {
            UnlinkResult.Unlinked => ExternalEndpoints.SeeOther(http, Here + "?done=unlinked"),
            UnlinkResult.LastWayIn => await ShowAsync(http, logins, providers, null, isLastWayIn: true),
            _ => TypedResults.NotFound(),
        };

    private static async Task<IResult> ShowAsync(HttpContext http, ExternalLogins logins, Providers providers, string? done, bool isLastWayIn = false) => Page.Show<LinkedPage>(
        new { Logins = await logins.ListAsync(http.User.Id(), http.RequestAborted), Done = done, IsLastWayIn = isLastWayIn },
        isLastWayIn ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
}
