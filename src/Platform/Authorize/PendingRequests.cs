using System.Buffers.Text;
using Holdfast.Platform.Tokens;
using Holdfast.Storage;

namespace Holdfast.Platform.Authorize;

/// <summary>Authorization requests between their page and its answer. They stay here, bound to session and person: the page's form carries an id and nothing that could be changed (attack cases 77–79).</summary>
internal sealed class PendingRequests(Database database, ISecretSource secrets, TimeProvider clock)
{
    private static readonly TimeSpan OpenFor = TimeSpan.FromMinutes(30);

    public async Task<string> AddAsync(AuthorizationAsk ask, string sessionDigest, string personId, CancellationToken aborted)
    {
        var id = Base64Url.EncodeToString(secrets.Bytes(24));
        await database.WriteAsync(session => session.RunAsync("""
            insert into authorization_request (id, session_digest, person_id, app_id, platform, redirect_uri, scopes, state, code_challenge, wants_issuer, expires_at)
            values (@id, @sessionDigest, @personId, @app, @platform, @redirect, @scopes, @state, @challenge, @issuer, @ends)
            """, new
        {
            id,
            sessionDigest,
            personId,
            app = ask.AppId,
            platform = ask.Platform.ToString().ToLowerInvariant(),
            redirect = ask.RedirectUri,
            scopes = ScopeList.Join(ask.Scopes),
            state = ask.State,
            challenge = ask.CodeChallenge,
            issuer = ask.WantsIssuer,
            ends = clock.GetUtcNow() + OpenFor,
        }), aborted);
        return id;
    }

    /// <summary>The request, if it is this session's, this person's, and still unanswered.</summary>
    public Task<PendingRequest?> FindAsync(string id, string sessionDigest, string personId, CancellationToken aborted) => database.ReadAsync(session => session.FirstAsync<PendingRequest>("""
        select authorization_request.id, app.client_key, authorization_request.platform, authorization_request.redirect_uri, authorization_request.scopes,
          authorization_request.state, authorization_request.code_challenge, authorization_request.wants_issuer
        from authorization_request join app on app.id = authorization_request.app_id
        where authorization_request.id = @id and session_digest = @sessionDigest and person_id = @personId and answered_at is null and expires_at > @now
        """, new { id, sessionDigest, personId, now = clock.GetUtcNow() }), aborted);

    /// <summary>Takes the one answer a request has.</summary>
    public async Task<bool> AnswerAsync(Session session, string id) =>
        await session.RunAsync("update authorization_request set answered_at = @now where id = @id and answered_at is null", new { id, now = clock.GetUtcNow() }) == 1;
}

internal sealed record PendingRequest
{
    public string Id { get; init; } = "";
    public string ClientKey { get; init; } = "";
    public RedirectPlatform Platform { get; init; }
    public string RedirectUri { get; init; } = "";
    public string Scopes { get; init; } = "";
    public string? State { get; init; }
    public string? CodeChallenge { get; init; }
    public bool WantsIssuer { get; init; }
}
