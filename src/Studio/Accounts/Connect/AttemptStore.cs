using System.Security.Cryptography;
using System.Text;
using Holdfast.Storage;
using Holdfast.Studio.Workspaces;

namespace Holdfast.Studio.Accounts.Connect;

/// <summary>Attempts to connect, each bound to the session that began it and answered once.</summary>
internal sealed class AttemptStore(Database database, TimeProvider clock)
{
    /// <summary>Time to sign in to TikTok, find the second factor and read the consent page.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    /// <summary>Longer than any exchange takes: after this, whoever took the attempt has died with it.</summary>
    private static readonly TimeSpan ExchangeAtMost = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    public Task BeginAsync(ConnectAttempt attempt, string sessionDigest, string state, CancellationToken aborted) => database.WriteAsync(async session =>
    {
        var now = clock.GetUtcNow();
        await session.RunAsync("delete from connect_attempt where ends_at < @old", new { old = now - KeptFor });
        // The window was loaded again: its page follows the new attempt, the old state is worth nothing.
        await session.RunAsync("""
            update connect_attempt set ticket = null, status = case when status = 'waiting' then 'cancelled' else status end
            where session_digest = @sessionDigest and ticket = @Ticket
            """, new { sessionDigest, attempt.Ticket });
        await session.RunAsync("""
            insert into connect_attempt (id, workspace_id, person_id, session_digest, connection_id, ticket, state_digest, verifier, client_key, redirect_uri, status, created_at, ends_at,
              issuer, via, link_id, reached_at, sent_at)
            values (@Id, @WorkspaceId, @PersonId, @sessionDigest, @ConnectionId, @Ticket, @stateDigest, @Verifier, @ClientKey, @RedirectUri, 'waiting', @now, @ends,
              @Issuer, @Via, @LinkId, @now, @sent)
            """, new
        {
            attempt.Id,
            attempt.WorkspaceId,
            attempt.PersonId,
            sessionDigest,
            attempt.ConnectionId,
            attempt.Ticket,
            stateDigest = Digest(state),
            attempt.Verifier,
            attempt.ClientKey,
            attempt.RedirectUri,
            now,
            ends = now + Lifetime,
            attempt.Issuer,
            attempt.Via,
            attempt.LinkId,
            // A window stops at our start page first, which says when it leaves.
            sent = attempt.Via is AttemptVia.Window ? (DateTimeOffset?)null : now,
        });
    }, aborted);

    /// <summary>Takes the attempt this state belongs to; of several loads of the callback one gets it, and no other session ever does.</summary>
    public Task<TakeAnswer> TakeAsync(string state, string sessionDigest, CancellationToken aborted) => database.WriteAsync<TakeAnswer>(async session =>
    {
        var facts = new { stateDigest = Digest(state), sessionDigest, now = clock.GetUtcNow() };
        var taken = await session.FirstAsync<ConnectAttempt>($"""
            update connect_attempt set status = 'exchanging', finished_at = @now
            where state_digest = @stateDigest and session_digest = @sessionDigest and status = 'waiting' and ends_at > @now
            returning {ConnectAttempt.Columns}
            """, facts);
        if (taken is not null)
            return new TakeAnswer.Taken(taken);
        var known = await session.FirstAsync<ConnectAttempt>($"select {ConnectAttempt.Columns} from connect_attempt where state_digest = @stateDigest and session_digest = @sessionDigest", facts);
        return known switch
        {
            null => new TakeAnswer.NotOurs(),
            { Status: AttemptStatus.Waiting } => new TakeAnswer.TooLate(),
            _ => new TakeAnswer.Seen(AsItStands(known)!), // it is not null here
        };
    }, aborted);

    /// <summary>Takes an attempt that is answered by QR code, once.</summary>
    public Task<ConnectAttempt?> TakeQrAsync(string id) => database.WriteAsync(session => session.FirstAsync<ConnectAttempt>(
        $"update connect_attempt set status = 'exchanging', finished_at = @now where id = @id and via = 'qr' and status = 'waiting' returning {ConnectAttempt.Columns}",
        new { id, now = clock.GetUtcNow() }));

    public Task FinishAsync(ConnectAttempt attempt, CancellationToken aborted = default) =>
        database.WriteAsync(session => FinishAsync(session, attempt), aborted);

    public async Task FinishAsync(Session session, ConnectAttempt attempt)
    {
        await session.RunAsync("""
            update connect_attempt set status = @Status, error = @Error, error_text = @ErrorText, log_id = @LogId, expected_name = @ExpectedName, got_name = @GotName,
              result_id = @ResultId, verifier = null, finished_at = @now
            where id = @Id
            """, new { attempt.Id, attempt.Status, attempt.Error, attempt.ErrorText, attempt.LogId, attempt.ExpectedName, attempt.GotName, attempt.ResultId, now = clock.GetUtcNow() });
        session.Signal(CurrentWorkspace.LiveTopicOf(attempt.WorkspaceId));
    }

    /// <summary>Gives up an attempt that still waits: a late answer of TikTok finds nothing to complete.</summary>
    public Task CancelAsync(string sessionDigest, string ticket, CancellationToken aborted) => database.WriteAsync(session => session.RunAsync("""
        update connect_attempt set status = 'cancelled', verifier = null, finished_at = @now where session_digest = @sessionDigest and ticket = @ticket and status = 'waiting'
        """, new { sessionDigest, ticket, now = clock.GetUtcNow() }), aborted);

    /// <inheritdoc cref="CancelAsync"/>
    public Task CancelByIdAsync(string sessionDigest, string id, CancellationToken aborted) => database.WriteAsync(session => session.RunAsync("""
        update connect_attempt set status = 'cancelled', verifier = null, finished_at = @now where session_digest = @sessionDigest and id = @id and status = 'waiting'
        """, new { sessionDigest, id, now = clock.GetUtcNow() }), aborted);

    public async Task<ConnectAttempt?> FindAsync(string sessionDigest, string id, CancellationToken aborted) => AsItStands(await database.ReadAsync(session => session.FirstAsync<ConnectAttempt>(
        $"select {ConnectAttempt.Columns} from connect_attempt where id = @id and session_digest = @sessionDigest", new { id, sessionDigest }), aborted));

    public async Task<ConnectAttempt?> FindByTicketAsync(string sessionDigest, string ticket, CancellationToken aborted) => AsItStands(await database.ReadAsync(session => session.FirstAsync<ConnectAttempt>(
        $"select {ConnectAttempt.Columns} from connect_attempt where ticket = @ticket and session_digest = @sessionDigest", new { ticket, sessionDigest }), aborted));

    // A process that died in the middle of an exchange leaves nobody to say so: the clock does.
    internal ConnectAttempt? AsItStands(ConnectAttempt? attempt) => attempt is { Status: AttemptStatus.Exchanging } && attempt.FinishedAt + ExchangeAtMost < clock.GetUtcNow()
        ? attempt with { Status = AttemptStatus.Failed, Error = "interrupted" }
        : attempt;

    private static string Digest(string state) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(state)));
}

/// <summary>Whether a callback may go on.</summary>
internal abstract record TakeAnswer
{
    private TakeAnswer() { }

    public sealed record Taken(ConnectAttempt Attempt) : TakeAnswer;

    /// <summary>The callback was loaded before: its result stands.</summary>
    public sealed record Seen(ConnectAttempt Attempt) : TakeAnswer;

    public sealed record TooLate : TakeAnswer;

    /// <summary>Unknown, made up, or begun in another browser.</summary>
    public sealed record NotOurs : TakeAnswer;
}
