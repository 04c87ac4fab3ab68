using System.Buffers.Text;
using Holdfast.People.Sessions;
using Holdfast.Shell.Hosting;
using Holdfast.Shell.Pages;
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
        if (IsFromElsewhere(context))
            return Results.LocalRedirect("/accounts");
        if (connection is not null && await connections.FindAsync(workspace.Id, connection, aborted) is null)
            return TypedResults.NotFound();

        var asker = new Asker(workspace.Id, context.User.Id(), context.User.SessionDigest()!); // every signed-in person has a session
        return await start.BeginAsync(asker, connection, IsTicket(ticket) ? ticket : null, aborted) switch
        {
            null => Results.LocalRedirect("/accounts"),
            // A window stands at a page of ours first: if TikTok's does not come, it can say so.
            var url when IsTicket(ticket) => Page.Show<StartPage>(new { Url = url.AbsoluteUri, Ticket = ticket }),
            var url => Results.Redirect(url.AbsoluteUri),
        };
    }

    /// <summary>Another site may not begin this in our member's name. Typed addresses and our own pages may.</summary>
    public static bool IsFromElsewhere(HttpContext context) => context.Request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site";

    /// <summary>TikTok's consent page for a new attempt; <c>null</c> while no app is configured.</summary>
    public async Task<Uri?> BeginAsync(Asker asker, string? connectionId, string? ticket, CancellationToken aborted)
    {
        if (await tiktok.FindAsync(aborted) is not { } app)
            return null;
        var endpoints = app.Client.Endpoints;
        var redirectUri = StudioApp.ConnectRedirectUri(options);
        // TikTok knows no PKCE for Web; a Platform of ours binds every code to who began.
        var pkce = Pkce.StyleFor(redirectUri) is PkceStyle.Hex || !endpoints.IsTikTok ? Pkce.Create(secrets.Bytes(48)) : null;
        var state = Base64Url.EncodeToString(secrets.Bytes(32));
        var id = ulids.Next();
        await attempts.BeginAsync(new ConnectAttempt
        {
            Id = id,
            WorkspaceId = asker.WorkspaceId,
            PersonId = asker.PersonId,
            ConnectionId = connectionId,
            Ticket = ticket,
            Verifier = pkce is null ? null : seal.Close(pkce.Verifier.Reveal(), VerifierOf(id)),
            ClientKey = app.Credentials.ClientKey,
            RedirectUri = redirectUri,
            Issuer = app.Issuer,
            Via = asker.LinkId is not null ? AttemptVia.Link : ticket is not null ? AttemptVia.Window : AttemptVia.Page,
            LinkId = asker.LinkId,
        }, asker.SessionDigest, state, aborted);
        return new AuthorizationRequest(app.Credentials.ClientKey, ScopesFor(endpoints), redirectUri, state) { Pkce = pkce, DisableAutoAuth = true, WantsIssuer = app.NamesItself }.ToUrl(endpoints);
    }

    /// <summary>TikTok refuses the whole request over a scope it does not know, or that the app did not apply for: drafts wait for a screen of ours.</summary>
    public static IReadOnlyList<string> ScopesFor(TikTokEndpoints endpoints) => endpoints.IsTikTok ? Scopes : [.. Scopes, TikTokScopes.VideoUpload, TikTokScopes.FollowList];

    public static SealedPlace VerifierOf(string attemptId) => new("connect_attempt", "verifier", attemptId);

    /// <summary>What connect.js makes up: 32 hex digits.</summary>
    public static bool IsTicket(string? ticket) => ticket is { Length: 32 } && ticket.All(char.IsAsciiHexDigitLower);
}

/// <summary>Who begins: a member in a session, or whoever holds a link in a browser of theirs.</summary>
/// <param name="PersonId">The member; for a link, the member who made it.</param>
/// <param name="SessionDigest">Names that session or browser: nobody else completes the attempt.</param>
/// <param name="LinkId">The link; <c>null</c> for a member.</param>
internal sealed record Asker(string WorkspaceId, string PersonId, string SessionDigest, string? LinkId = null);
