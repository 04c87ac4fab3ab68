using Holdfast.Shell.Sealing;
using Holdfast.Storage;
using Holdfast.TikTok.OAuth;

namespace Holdfast.Studio.Accounts.Connect.Qr;

/// <summary>QR codes that wait for a phone. Who may ask TikTok about one, and when, is decided by the row.</summary>
internal sealed class QrStore(Database database, SecretSeal seal, TimeProvider clock)
{
    /// <summary>TikTok tells no pace (tiktok-v2 §1.9); two seconds is what its own samples wait, and slower than our Platform's limit.</summary>
    public static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(2);

    // Longer than any answer takes: while one question is out nobody asks another, whose answer could be "handed out already".
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(90);

    public Task<QrRow?> FindAsync(string attemptId, CancellationToken aborted) => database.ReadAsync(session => session.FirstAsync<QrRow>(
        $"select {QrRow.Columns} from connect_qr where attempt_id = @attemptId", new { attemptId }), aborted);

    /// <summary>Puts a new code in the place of the last one.</summary>
    public Task DrawAsync(string attemptId, QrCode code, bool wasRefused) => database.WriteAsync(async session =>
    {
        var now = clock.GetUtcNow();
        return await session.RunAsync("""
            insert into connect_qr (attempt_id, link, ticket, token, codes, made_at, was_refused, next_poll_at)
            values (@attemptId, @Link, @ClientTicket, @token, 1, @now, @wasRefused, @next)
            on conflict (attempt_id) do update set link = excluded.link, ticket = excluded.ticket, token = excluded.token, codes = connect_qr.codes + 1, made_at = excluded.made_at,
              scanned_at = null, was_refused = excluded.was_refused, next_poll_at = excluded.next_poll_at
            """, new { attemptId, code.Link, code.ClientTicket, token = seal.Close(code.Token.Reveal(), TokenOf(attemptId)), wasRefused, now, next = await session.LeaseNowAsync() + AskEvery });
    });

    /// <summary>Takes the right to ask once; <c>null</c> when it is not time yet, or the attempt is over.</summary>
    public Task<QrRow?> TakeTurnAsync(string attemptId) => database.WriteAsync(async session =>
    {
        var (now, leaseNow) = (clock.GetUtcNow(), await session.LeaseNowAsync());
        return await session.FirstAsync<QrRow>($"""
            update connect_qr set next_poll_at = @until
            where attempt_id = @attemptId and next_poll_at <= @leaseNow
              and exists (select 1 from connect_attempt where connect_attempt.id = @attemptId and connect_attempt.status = 'waiting' and connect_attempt.ends_at > @now)
            returning {QrRow.Columns}
            """, new { attemptId, now, leaseNow, until = leaseNow + AnswerWithin });
    });

    /// <summary>The next turn comes after the pace, or later when TikTok asks for it.</summary>
    public Task EndTurnAsync(string attemptId, bool isScanned = false, TimeSpan? retryAfter = null) => database.WriteAsync(async session =>
    {
        var now = clock.GetUtcNow();
        var wait = retryAfter > AskEvery ? retryAfter.Value : AskEvery;
        return await session.RunAsync(
            "update connect_qr set next_poll_at = @next, scanned_at = case when @isScanned then coalesce(scanned_at, @now) else scanned_at end where attempt_id = @attemptId",
            new { attemptId, isScanned, now, next = await session.LeaseNowAsync() + (wait < AnswerWithin ? wait : AnswerWithin) });
    });

    public QrCode Open(QrRow row) => new(row.Link, row.Ticket, new QrToken(seal.Open(row.Token, TokenOf(row.AttemptId))));

    private static SealedPlace TokenOf(string attemptId) => new("connect_qr", "token", attemptId);
}
