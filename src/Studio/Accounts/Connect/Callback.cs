using Holdfast.People.Sessions;
using Holdfast.Shell.Pages;
using Holdfast.Studio.Accounts.Links;
using Holdfast.TikTok.OAuth;

namespace Holdfast.Studio.Accounts.Connect;

/// <summary>Where TikTok sends the browser back to. Answers with a redirect, so that the code stays in no address bar and no history.</summary>
internal static class Callback
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/connect/tiktok/callback/", HandleAsync);
        routes.MapGet("/connect/refused", (string? why) => Page.Show<ConnectRefusedPage>(
            new { Why = why is "too-late" or "not-a-callback" ? why : "not-ours" }, StatusCodes.Status400BadRequest));
    }

    private static async Task<IResult> HandleAsync(HttpContext context, CompleteConnect connect, GuestCookie guests) =>
        // Not the request's own cancellation: a closed window must not lose tokens that are already ours.
        await connect.RunAsync(AuthorizationCallback.Parse(context.Request.QueryString.Value ?? ""), context.User.SessionDigest(), guests.Read(context)?.Digest) switch
        {
            CallbackAnswer.Answered({ Ticket: not null } attempt) => See($"/connect/attempts/{attempt.Id}"),
            CallbackAnswer.Answered({ IsUnderWay: true, LinkId: null } attempt) => See($"/connect/attempts/{attempt.Id}"),
            CallbackAnswer.Answered(var attempt) => See(attempt.Target),
            CallbackAnswer.TooLate => See("/connect/refused?why=too-late"),
            CallbackAnswer.NotACallback => See("/connect/refused?why=not-a-callback"),
            _ => See("/connect/refused?why=not-ours"),
        };

    private static IResult See(string path) => Results.LocalRedirect(path);
}
