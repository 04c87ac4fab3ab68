using Holdfast.Shell.Guards;
using Holdfast.Shell.Pages;
using Holdfast.Studio.Accounts.Connect;
using Microsoft.AspNetCore.Antiforgery;

namespace Holdfast.Studio.Accounts.Links;

/// <summary><c>/connect/link</c>, <c>/connect/guest</c>: what somebody without a seat sees. Nothing here signs anybody in to Studio.</summary>
internal static class GuestEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/connect/link", OpenAsync).AllowAnonymous();
        // The form on this page ends at TikTok's address.
        routes.MapGet("/connect/guest", ShowAsync).AllowAnonymous().WithMetadata(new LeavesByRedirect());
        routes.MapPost("/connect/guest", BeginAsync).AllowAnonymous().WithMetadata(new RequireAntiforgeryTokenAttribute(), new LeavesByRedirect());
    }

    // The token leaves the address bar and the history at once; from here on a cookie of this browser stands for it.
    private static async Task<IResult> OpenAsync(string? t, HttpContext http, LinkStore links, LinkTries tries, GuestCookie cookie)
    {
        KeepOutOfIndexes(http);
        if (!await tries.TryAsync(http))
            return Over("later", StatusCodes.Status429TooManyRequests);
        if (t is not { Length: 43 } || await links.FindByTokenAsync(t, http.RequestAborted) is not { } link)
            return Over("gone", StatusCodes.Status404NotFound);
        cookie.Keep(http, link.Id);
        return Results.LocalRedirect("/connect/guest");
    }

    private static async Task<IResult> ShowAsync(string? attempt, HttpContext http, LinkStore links, AttemptStore attempts, GuestCookie cookie)
    {
        KeepOutOfIndexes(http);
        if (cookie.Read(http) is not { } guest)
            return Over("gone", StatusCodes.Status404NotFound);
        // How it ended is this browser's to see, even when the link has ended since.
        var ended = attempt is null ? null : await attempts.FindAsync(guest.Digest, attempt, http.RequestAborted);
        var link = await links.FindLiveAsync(guest.LinkId, http.RequestAborted);
        return link is null && ended is null
            ? Over("gone", StatusCodes.Status404NotFound)
            : Page.Show<GuestPage>(new { Link = link, Attempt = ended });
    }

    private static async Task<IResult> BeginAsync(HttpContext http, LinkStore links, LinkTries tries, GuestCookie cookie, StartConnect start)
    {
        KeepOutOfIndexes(http);
        if (!await tries.TryAsync(http))
            return Over("later", StatusCodes.Status429TooManyRequests);
        if (cookie.Read(http) is not { } guest || await links.FindLiveAsync(guest.LinkId, http.RequestAborted) is not { } link)
            return Over("gone", StatusCodes.Status404NotFound);
        var asker = new Asker(link.WorkspaceId, link.MadeBy, guest.Digest, link.Id);
        return await start.BeginAsync(asker, link.ConnectionId, ticket: null, http.RequestAborted) is { } url ? Results.Redirect(url.AbsoluteUri) : Over("later", StatusCodes.Status503ServiceUnavailable);
    }

    // Unknown, withdrawn, ended: who holds it learns no more than that it does not work.
    private static IResult Over(string why, int status) => Page.Show<GuestOverPage>(new { Why = why }, status);

    private static void KeepOutOfIndexes(HttpContext http) => http.Response.Headers["X-Robots-Tag"] = "noindex, nofollow";
}
