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
        linked.MapGet("", async (string? done, HttpContext http, ExternalLogins logins, LinkProof asks) => await ShowAsync(http, logins, asks, done));
        linked.MapPost("/add/{provider}", AddAsync);
        linked.MapPost("/remove", RemoveAsync);
    }

    // The proof is asked for before the trip: the trip is bound to this person, and its answer counts once.
    private static async Task<IResult> AddAsync(string provider, [FromForm] string? proof, HttpContext http, ExternalSignIn external, ExternalLogins logins, LinkProof asks, Providers providers) =>
        await asks.RefusedAsync(http, proof) is { } refused
            ? await ShowAsync(http, logins, asks, at: $"add-{provider}", refused: refused)
            : ExternalEndpoints.Answer(http, await external.BeginAsync(http, provider, http.User.Id(), Here), provider, Here, providers);

    private static async Task<IResult> RemoveAsync([FromForm] string? provider, [FromForm] string? subject, [FromForm] string? proof, HttpContext http, ExternalLogins logins, LinkProof asks)
    {
        // It renews the session, so it takes what a fresh session would allow.
        if (await asks.RefusedAsync(http, proof) is { } refused)
            return await ShowAsync(http, logins, asks, at: $"{provider}-{subject}", refused: refused);
        return await logins.UnlinkAsync(http, http.User.Id(), provider ?? "", subject ?? "") switch
        {
            UnlinkResult.Unlinked => ExternalEndpoints.SeeOther(http, Here + "?done=unlinked"),
            UnlinkResult.LastWayIn => await ShowAsync(http, logins, asks, isLastWayIn: true),
            _ => TypedResults.NotFound(),
        };
    }

    private static async Task<IResult> ShowAsync(HttpContext http, ExternalLogins logins, LinkProof asks, string? done = null, bool isLastWayIn = false, string? at = null, ProofRefused? refused = null) => Page.Show<LinkedPage>(new
    {
        Logins = await logins.ListAsync(http.User.Id(), http.RequestAborted),
        Done = done,
        IsLastWayIn = isLastWayIn,
        IsFresh = await asks.IsFreshAsync(http),
        At = at,
        refused?.Error,
    }, refused?.Status ?? (isLastWayIn ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK));
}
