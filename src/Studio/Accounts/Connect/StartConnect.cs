using System.Buffers.Text;
using Holdfast.People.Sessions;
using Holdfast.Shell.Hosting;
using Holdfast.Shell.Sealing;
using Holdfast.Storage;
using Holdfast.Studio.Workspaces;
using Holdfast.TikTok;
using Holdfast.TikTok.OAuth;

namespace Holdfast.Studio.Accounts.Connect;

/// <summary>The link "Connect TikTok account": remembers who asked, and sends the browser to TikTok.</summary>
internal sealed class StartConnect(AttemptStore attempts, StudioTikTok tiktok, SecretSeal seal, ISecretSource secrets, Ulids ulids, AppOptions options)
{
    /// <summary>What our screens need; the person may grant less. TikTok's reviewers refuse a permission that no screen shows.</summary>
    internal static readonly string[] Scopes =
    [
        TikTokScopes.UserInfoBasic, TikTokScopes.UserInfoProfile, TikTokScopes.UserInfoStats, TikTokScopes.VideoList, TikTokScopes.VideoPublish,
    ];

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/connect/tiktok/", HandleAsync).RequireAuthorization();

    private static async Task<IResult> HandleAsync(
        string? connection, string? ticket, HttpContext context, CurrentWorkspace workspace, ConnectionStore connections, StartConnect start, CancellationToken aborted)
    {
        // Another site may not begin this in our member's name. Typed addresses and our own pages may.
        if (context.Request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site")
            return Results.LocalRedirect("/accounts");
        if (connection is not null && await connections.FindAsync(workspace.Id, connection, aborted) is null)
            return TypedResults.NotFound();

        var url = await start.BeginAsync(workspace.Id, context.User, connection, IsTicket(ticket) ? ticket : null, aborted);
        return url is null ? Results.LocalRedirect("/accounts") : Results.Redirect(url.AbsoluteUri);
    }

    /// <summary>TikTok's consent page for a new attempt; <c>null</c> while no app is configured.</summary>
    private async Task<Uri?> BeginAsync(string workspaceId, System.Security.Claims.ClaimsPrincipal person, string? connectionId, string? ticket, CancellationToken aborted)
    {
        if (await tiktok.FindAsync(aborted) is not { } app)
            return null;
        var redirectUri = StudioApp.ConnectRedirectUri(options);
        var pkce = Pkce.StyleFor(redirectUri) is PkceStyle.Hex ? Pkce.Create(secrets.Bytes(48)) : null;
        var state = Base64Url.EncodeToString(secrets.Bytes(32));
        var id = ulids.Next();
        await attempts.BeginAsync(new ConnectAttempt
        {
            Id = id,
            WorkspaceId = workspaceId,
            PersonId = person.Id(),
            ConnectionId = connectionId,
            Ticket = ticket,
            Verifier = pkce is null ? null : seal.Close(pkce.Verifier.Reveal(), VerifierOf(id)),
            ClientKey = app.Credentials.ClientKey,
            RedirectUri = redirectUri,
        }, person.SessionDigest()!, state, aborted); // every signed-in person has a session
        return new AuthorizationRequest(app.Credentials.ClientKey, ScopesFor(app.Client.Endpoints), redirectUri, state) { Pkce = pkce, DisableAutoAuth = true }.ToUrl(app.Client.Endpoints);
    }

    /// <summary>TikTok refuses the whole request over a scope it does not know, or that the app did not apply for: drafts wait for a screen of ours.</summary>
    public static IReadOnlyList<string> ScopesFor(TikTokEndpoints endpoints) => endpoints.IsTikTok ? Scopes : [.. Scopes, TikTokScopes.VideoUpload, TikTokScopes.FollowList];

    public static SealedPlace VerifierOf(string attemptId) => new("connect_attempt", "verifier", attemptId);

    /// <summary>What connect.js makes up: 32 hex digits.</summary>
    public static bool IsTicket(string? ticket) => ticket is { Length: 32 } && ticket.All(char.IsAsciiHexDigitLower);
}
