using System.Globalization;
using Holdfast.People.Account;
using Holdfast.Storage;

namespace Holdfast.Platform.Posting;

/// <summary>Posts on their way in. Every step is one conditional statement, so two of a kind never both happen.</summary>
internal sealed class UploadStore(Database database, PostEvents events, Verdicts verdicts, TimeProvider clock)
{
    /// <summary>The signal that an upload is complete.</summary>
    public const string Topic = "uploads";

    /// <summary>Longer than any inspection and still takes.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    // Only bytes that continue what is acknowledged count, only while the upload is open, and the last of them starts the checks.
    private const string Acknowledge = """
        update upload set received_bytes = @end,
          state = case when @end = video_size then 'processing' else state end,
          next_step_at = case when @end = video_size then @checksAt else next_step_at end
        where id = @Id and received_bytes = @first and state = 'uploading' and url_expires_at > @now
        """;

    // A post whose access was removed is due at once: it has failed, whatever it waits for.
    private const string Claim = """
        update upload set lease_until = @lease, fence = fence + 1
        where id = (
          select id from upload
          where next_step_at is not null and state <> 'downloading' and (lease_until is null or lease_until <= @leaseNow)
            and (next_step_at <= @now or exists (select 1 from consent where consent.id = upload.consent_id and consent.ended_at is not null))
          order by next_step_at limit 1 {0})
        returning *
        """;

    public Task<Upload?> FindAsync(string id, CancellationToken aborted) =>
        database.ReadAsync(session => session.FirstAsync<Upload>("select * from upload where id = @id", new { id }), aborted);

    public Task<Upload?> FindByPublishIdAsync(string publishId, CancellationToken aborted) =>
        database.ReadAsync(session => session.FirstAsync<Upload>("select * from upload where publish_id = @publishId", new { publishId }), aborted);

    public Task<IReadOnlyList<UploadPhoto>> PhotosAsync(string id, CancellationToken aborted) =>
        database.ReadAsync(session => session.ListAsync<UploadPhoto>("select * from upload_photo where upload_id = @id order by number", new { id }), aborted);

    /// <summary>Counts bytes that are on disk; false when the upload moved on or ended meanwhile.</summary>
    public Task<bool> AcknowledgeAsync(Upload upload, long first, long end) => database.WriteAsync(async session =>
    {
        var now = clock.GetUtcNow();
        var checksAt = end == upload.VideoSize ? now + await verdicts.ProcessingForAsync(session, upload) : now;
        var counted = await session.RunAsync(Acknowledge, new { upload.Id, first, end, now, checksAt }) == 1;
        if (counted && end == upload.VideoSize)
            session.Signal(Topic);
        return counted;
    });

    /// <summary>Takes one upload that is due for its checks, or for its end, under a fresh fence; <c>null</c> when none is.</summary>
    public Task<Upload?> ClaimDueAsync(CancellationToken stopping) => database.WriteAsync(async session =>
    {
        var leaseNow = await session.LeaseNowAsync();
        return await session.FirstAsync<Upload>(string.Format(CultureInfo.InvariantCulture, Claim, session.SkipLocked), new { now = clock.GetUtcNow(), leaseNow, lease = leaseNow + Lease });
    }, stopping);

    /// <summary>Ends a claimed post as failed; false when somebody else has it now.</summary>
    public Task<bool> FailAsync(Upload claimed, string reason) => database.WriteAsync(session => FailAsync(session, claimed, reason));

    /// <summary>Ends a claimed post as failed where that is decided for it; the reason, or <c>null</c> when it may go on.</summary>
    public Task<string?> FailByVerdictAsync(Upload claimed) => database.WriteAsync(async session =>
    {
        if (await verdicts.FindAsync(session, claimed) is not { } verdict)
            return null;
        if (await FailAsync(session, claimed, verdict.FailReason))
            await Verdicts.SpendAsync(session, verdict);
        return verdict.FailReason;
    });

    private async Task<bool> FailAsync(Session session, Upload claimed, string reason)
    {
        var ended = await session.RunAsync("""
            update upload set state = 'failed', fail_reason = @reason, next_step_at = null, lease_until = null
            where id = @Id and fence = @Fence and state = @State
            """, new { claimed.Id, claimed.Fence, claimed.State, reason }) == 1;
        if (ended)
        {
            await events.FailedAsync(session, claimed, reason);
            await RemoveFilesAsync(session, claimed, clock.GetUtcNow());
        }
        return ended;
    }

    /// <summary>Names the bytes of a post that comes to nothing for removal.</summary>
    public static async Task RemoveFilesAsync(Session session, Upload upload, DateTimeOffset now)
    {
        var photos = await session.ListAsync<string>("select blob_key from upload_photo where upload_id = @Id and blob_key is not null", new { upload.Id });
        await BlobRemoval.AddAsync(session, [upload.BlobKey, .. photos, .. upload.CoverKey is { } cover ? [cover] : (string[])[]], now);
    }
}
