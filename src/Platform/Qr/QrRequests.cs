using System.Buffers.Text;
using Holdfast.People.Sessions;
using Holdfast.Platform.Authorize;
using Holdfast.Platform.Tokens;
using Holdfast.Shell.Language;
using Holdfast.Storage;
using Microsoft.Extensions.Options;

namespace Holdfast.Platform.Qr;

/// <summary>QR codes from their making to the one time their authorization code is handed out. Every step is one conditional statement.</summary>
internal sealed class QrRequests(Database database, ISecretSource secrets, SessionStore sessions, IOptions<QrOptions> options, TimeProvider clock)
{
    private const int LongestAgent = 200;

    private const string Find = """
        select qr_request.id, qr_request.app_id, app.client_key, qr_request.redirect_uri, qr_request.scopes, qr_request.state, qr_request.address, qr_request.user_agent,
          qr_request.created_at, qr_request.expires_at, qr_request.client_ticket, qr_request.person_id, qr_request.session_digest, qr_request.granted, qr_request.answered_at, qr_request.utilised_at
        from qr_request join app on app.id = qr_request.app_id and app.disabled_at is null
        """;

    // The first person to scan it has it; the ticket that came with this scan is the one the client sees.
    private const string Scan = """
        update qr_request set person_id = @personId, client_ticket = @ticket
        where id = @id and person_id is null and expires_at > @now
        """;

    // One answer, from the person who scanned it, in the session that showed them the page.
    private const string Answer = """
        update qr_request set answered_at = @now, granted = @granted
        where id = @id and person_id = @personId and session_digest = @sessionDigest and answered_at is null and expires_at > @now
        """;

    private const string Poll = "update qr_request set next_poll_at = @next where token_digest = @digest and app_id = @appId and next_poll_at <= @now";

    private const string Utilise = "update qr_request set utilised_at = @now where id = @id and granted is not null and utilised_at is null and expires_at > @now";

    /// <summary>Makes one; the answer holds the only copy of the token to poll with.</summary>
    public async Task<(string Id, string Token)> AddAsync(AskingApp app, IReadOnlyList<string> scopes, string redirectUri, string? state, string address, string agent, CancellationToken aborted)
    {
        var (id, token) = ($"{Base64Url.EncodeToString(secrets.Bytes(16))}.{Readable(6)}", Base64Url.EncodeToString(secrets.Bytes(32)));
        var now = clock.GetUtcNow();
        await database.WriteAsync(session => session.RunAsync("""
            insert into qr_request (id, token_digest, app_id, redirect_uri, scopes, state, address, user_agent, created_at, expires_at, next_poll_at)
            values (@id, @digest, @app, @redirectUri, @scopes, @state, @address, @agent, @now, @ends, @now)
            """, new
        {
            id,
            digest = TokenText.Digest(token),
            app = app.Id,
            redirectUri,
            scopes = ScopeList.Join(scopes),
            state,
            address,
            agent = agent.CutTo(LongestAgent),
            now,
            ends = now + options.Value.ExpiresAfter,
        }), aborted);
        return (id, token);
    }

    public Task<QrRequest?> FindAsync(string id, CancellationToken aborted) =>
        database.ReadAsync(session => session.FirstAsync<QrRequest>(Find + " where qr_request.id = @id", new { id }), aborted);

    /// <summary>Binds it to whoever scans it first, and to the session that sees the page; <c>null</c> when it is somebody else's or over.</summary>
    public async Task<QrRequest?> ScanAsync(string id, string ticket, string personId, string sessionDigest, CancellationToken aborted) => await database.WriteAsync(async session =>
    {
        var now = clock.GetUtcNow();
        await session.RunAsync(Scan, new { id, ticket, personId, now });
        var isOpen = await session.RunAsync(
            "update qr_request set session_digest = @sessionDigest where id = @id and person_id = @personId and answered_at is null and expires_at > @now",
            new { id, personId, sessionDigest, now }) == 1;
        return isOpen ? await session.FirstAsync<QrRequest>(Find + " where qr_request.id = @id", new { id }) : null;
    }, aborted);

    /// <param name="granted">The scopes agreed to; <c>null</c> for no.</param>
    /// <param name="also">What else is written down when this answer counts.</param>
    /// <returns><c>false</c> when there was an answer already, or this is not the person and session that may give one.</returns>
    public Task<bool> AnswerAsync(string id, string personId, string sessionDigest, string? granted, Func<Session, Task>? also, CancellationToken aborted) => database.WriteAsync(async session =>
    {
        // Held until we are done: a session that ends meanwhile agrees to nothing.
        if (granted is not null && !await sessions.KeepAsync(session, personId, sessionDigest))
            return false;
        if (await session.RunAsync(Answer, new { id, personId, sessionDigest, granted, now = clock.GetUtcNow() }) == 0)
            return false;
        if (also is not null)
            await also(session);
        return true;
    }, aborted);

    /// <summary>What an app sees that polls in time; <c>null</c> for a token that is not this app's.</summary>
    public Task<(bool IsTooFast, QrRequest? Found)> PollAsync(string token, string appId, CancellationToken aborted)
    {
        var digest = TokenText.Digest(token);
        return database.WriteAsync(async session =>
        {
            var now = clock.GetUtcNow();
            var isInTime = await session.RunAsync(Poll, new { digest, appId, now, next = now + options.Value.PollEvery }) == 1;
            var found = await session.FirstAsync<QrRequest>(Find + " where qr_request.token_digest = @digest and qr_request.app_id = @appId", new { digest, appId });
            return (found is not null && !isInTime, found);
        }, aborted);
    }

    /// <summary>Takes the right to the code; in the transaction that makes it.</summary>
    public async Task<bool> UtiliseAsync(Session session, string id) => await session.RunAsync(Utilise, new { id, now = clock.GetUtcNow() }) == 1;

    private string Readable(int length)
    {
        const string letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"; // 32, so every byte is fair; none that people confuse
        return string.Concat(secrets.Bytes(length).Select(octet => letters[octet & 31]));
    }
}
