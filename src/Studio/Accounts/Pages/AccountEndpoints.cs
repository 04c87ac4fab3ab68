using Holdfast.People.Sessions;
using Holdfast.Shell.Pages;
using Holdfast.Storage.Blobs;
using Holdfast.Studio.Accounts.Audience;
using Holdfast.Studio.Accounts.Connect;
using Holdfast.Studio.Accounts.Links;
using Holdfast.Studio.Accounts.Profile;
using Holdfast.Studio.Workspaces;
using Microsoft.AspNetCore.Antiforgery;

namespace Holdfast.Studio.Accounts.Pages;

internal static class AccountEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var accounts = routes.MapGroup("/accounts").RequireAuthorization();
        accounts.MapGet("", ListAsync);
        accounts.MapGet("/{id}", ShowAsync);
        accounts.MapGet("/{id}/disconnect", AskAsync);
        accounts.MapPost("/{id}/disconnect", DisconnectAsync).WithMetadata(new RequireAntiforgeryTokenAttribute());
        accounts.MapPost("/{id}/look", LookAsync).WithMetadata(new RequireAntiforgeryTokenAttribute());
        accounts.MapGet("/{id}/avatar", AvatarAsync);
        accounts.MapGet("/{id}/videos/{video}/cover", CoverAsync);
    }

    private static async Task<IResult> ListAsync(
        string? attempt, string? disconnected, HttpContext context, CurrentWorkspace workspace, ConnectionStore connections, ProfileStore profiles, AttemptStore attempts, LinkStore links, StudioTikTok tiktok, CancellationToken aborted) =>
        Page.Show<AccountsPage>(new
        {
            Connections = await connections.ListAsync(workspace.Id, aborted),
            Videos = (await profiles.VideosAsync(workspace.Id, aborted)).ToLookup(video => video.ConnectionId),
            Attempt = attempt is null ? null : await attempts.FindAsync(context.User.SessionDigest()!, attempt, aborted), // the group requires a session
            Links = await links.ListAsync(workspace.Id, aborted),
            Gone = disconnected is null ? null : await connections.FindAsync(workspace.Id, disconnected, aborted),
            Asked = await AskedAsync(tiktok, aborted),
            HasApp = await tiktok.HasAsync(aborted),
        });

    private static async Task<IResult> ShowAsync(
        string id, string? connected, string? looked, HttpContext context, CurrentWorkspace workspace, ConnectionStore connections, ProfileStore profiles, Timeline.TimelineStore timeline,
        AttemptStore attempts, StudioTikTok tiktok, ReadAudience audience, People.PeopleStore people, CancellationToken aborted)
    {
        if (await connections.FindAsync(workspace.Id, id, aborted) is not { } row)
            return TypedResults.NotFound();
        var attempt = connected is null ? null : await attempts.FindAsync(context.User.SessionDigest()!, connected, aborted); // the group requires a session
        return Page.Show<AccountPage>(new
        {
            Row = row,
            Videos = await profiles.VideosAsync(workspace.Id, id, aborted),
            Audience = await audience.GlanceAsync(row, aborted),
            Lines = await timeline.ListAsync(workspace.Id, id, 60, aborted: aborted),
            ConnectedBy = (await people.FindAsync(row.ConnectedBy, aborted))?.DisplayName,
            Asked = await AskedAsync(tiktok, aborted),
            IsFresh = attempt is { Status: AttemptStatus.Connected },
            WasKnown = attempt is { ConnectionId: null } && row.CreatedAt < attempt.CreatedAt,
            Looked = Enum.TryParse<LookAnswer>(looked, ignoreCase: true, out var answer) ? answer : (LookAnswer?)null,
        });
    }

    private static async Task<IReadOnlyCollection<string>> AskedAsync(StudioTikTok tiktok, CancellationToken aborted) =>
        await tiktok.EndpointsAsync(aborted) is { } endpoints ? StartConnect.ScopesFor(endpoints) : [];

    private static async Task<IResult> AskAsync(string id, CurrentWorkspace workspace, ConnectionStore connections, CancellationToken aborted) =>
        await connections.FindAsync(workspace.Id, id, aborted) is { } row ? Page.Show<DisconnectPage>(new { Row = row }) : TypedResults.NotFound();

    private static async Task<IResult> DisconnectAsync(string id, HttpContext context, CurrentWorkspace workspace, Disconnect disconnect) =>
        await disconnect.RunAsync(workspace.Id, id, context.User.DisplayName()) ? Results.LocalRedirect($"/accounts?disconnected={id}") : TypedResults.NotFound();

    private static async Task<IResult> LookAsync(string id, CurrentWorkspace workspace, ConnectionStore connections, ReadProfile profiles, CancellationToken aborted)
    {
        if (await connections.FindAsync(workspace.Id, id, aborted) is null)
            return TypedResults.NotFound();
        var answer = await profiles.TryAsync(id, aborted);
        return Results.LocalRedirect($"/accounts/{id}?looked={answer}".ToLowerInvariant());
    }

    private static async Task<IResult> AvatarAsync(string id, HttpContext context, CurrentWorkspace workspace, ConnectionStore connections, IBlobStore blobs, CancellationToken aborted) =>
        await PictureAsync(context, blobs, (await connections.FindAsync(workspace.Id, id, aborted))?.AvatarKey);

    private static async Task<IResult> CoverAsync(string id, string video, HttpContext context, CurrentWorkspace workspace, ProfileStore profiles, IBlobStore blobs, CancellationToken aborted) =>
        await PictureAsync(context, blobs, (await profiles.VideosAsync(workspace.Id, id, aborted)).FirstOrDefault(row => row.VideoId == video)?.CoverKey);

    private static async Task<IResult> PictureAsync(HttpContext context, IBlobStore blobs, string? key)
    {
        if (key is null || await blobs.OpenReadAsync(key, context.RequestAborted) is not { } picture)
            return TypedResults.NotFound();
        context.Response.Headers.CacheControl = "private, max-age=86400";
        return TypedResults.Stream(picture, Pictures.ContentType(key));
    }
}
