using System.Globalization;
using Holdfast.Storage;

namespace Holdfast.Platform.Posting.Pull;

/// <summary>Posts whose bytes we fetch. The row is the job: a fetch that a killed process left behind is claimed anew when its lease is over.</summary>
internal sealed class PullStore(Database database, PostEvents events, Verdicts verdicts, TimeProvider clock)
{
    /// <summary>The signal that something is to be fetched.</summary>
    public const string Topic = "pulls";

    /// <summary>Fetches of one app at a time, on all nodes together: whoever's server dribbles for the whole hour keeps nobody else waiting.</summary>
    public const int PerApp = 2;

    /// <summary>How long a fetch is left alone without a sign of life.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    private const string IsDue = "next_step_at <= @now and state = 'downloading' and (lease_until is null or lease_until <= @leaseNow)";

    private const string Claim = $$"""
        update upload set lease_until = @lease, fence = fence + 1
        where id = (
          select id from upload
          where {{IsDue}}
            and app_id not in (select app_id from upload where state = 'downloading' and lease_until > @leaseNow group by app_id having count(*) >= @perApp)
          order by next_step_at limit 1 {0})
        returning *
        """;

    private const string Mine = "id = @Id and fence = @Fence and state = 'downloading'";

    /// <summary>Takes one post under a fresh fence; <c>null</c> when none waits or its app is busy enough.</summary>
    public async Task<Upload?> ClaimAsync(CancellationToken stopping)
    {
        // Idle workers only read.
        if (await database.ReadAsync(async session => await session.FirstAsync<string>($"select id from upload where {IsDue} limit 1", new { now = clock.GetUtcNow(), leaseNow = await session.LeaseNowAsync() }), stopping) is null)
            return null;
        return await database.WriteAsync(async session =>
        {
            // What is at work is counted: two claims at once would both see the last place free.
            await session.OneAtATimeAsync("pulls");
            var leaseNow = await session.LeaseNowAsync();
            return await session.FirstAsync<Upload>(string.Format(CultureInfo.InvariantCulture, Claim, session.SkipLocked), new { now = clock.GetUtcNow(), leaseNow, lease = leaseNow + Lease, perApp = PerApp });
        }, stopping);
    }

    /// <summary>A sign of life, and how far it got; false when the post was cancelled, its access removed, or somebody else has it.</summary>
    public Task<bool> BeatAsync(Upload claimed, long bytes) => database.WriteAsync(async session => await session.RunAsync($"""
        update upload set received_bytes = @bytes, lease_until = @lease
        where {Mine} and exists (select 1 from consent where consent.id = upload.consent_id and consent.ended_at is null)
        """, new { claimed.Id, claimed.Fence, bytes, lease = await session.LeaseNowAsync() + Lease }) == 1);

    /// <summary>Keeps one picture that is on disk, so that it is not fetched again.</summary>
    public Task<bool> KeepAsync(Upload claimed, UploadPhoto photo, string blobKey, long bytes) => database.WriteAsync(async session => await session.RunAsync($"""
        update upload_photo set blob_key = @blobKey, size_bytes = @bytes
        where upload_id = @Id and number = @Number and exists (select 1 from upload where {Mine})
        """, new { claimed.Id, claimed.Fence, photo.Number, blobKey, bytes }) == 1);

    /// <summary>Everything is on disk: the checks are next.</summary>
    public Task<bool> DoneAsync(Upload claimed, string blobKey, long bytes) => database.WriteAsync(async session =>
    {
        var done = await session.RunAsync($"""
            update upload set state = 'processing', blob_key = @blobKey, video_size = @bytes, received_bytes = @bytes, next_step_at = @checksAt, lease_until = null
            where {Mine}
            """, new { claimed.Id, claimed.Fence, blobKey, bytes, checksAt = clock.GetUtcNow() + await verdicts.ProcessingForAsync(session, claimed) }) == 1;
        if (done)
            session.Signal(UploadStore.Topic);
        return done;
    });

    /// <summary>Puts a post back for whoever comes next.</summary>
    public Task ReleaseAsync(Upload claimed) =>
        database.WriteAsync(session => session.RunAsync($"update upload set lease_until = null where {Mine}", new { claimed.Id, claimed.Fence }));

    public async Task<bool> IsAccessRemovedAsync(Upload claimed) =>
        await database.ReadAsync(session => session.FirstAsync<long>("select count(*) from consent where id = @ConsentId and ended_at is not null", new { claimed.ConsentId })) > 0;

    /// <summary>Ends a fetch that the app no longer wants; false when there is none running any more.</summary>
    public Task<bool> CancelAsync(Upload upload, CancellationToken aborted) => database.WriteAsync(async session =>
    {
        var cancelled = await session.RunAsync("""
            update upload set state = 'failed', fail_reason = @reason, next_step_at = null, lease_until = null
            where id = @Id and state = 'downloading'
            """, new { upload.Id, reason = FailReason.Cancelled }) == 1;
        if (cancelled)
        {
            await events.FailedAsync(session, upload, FailReason.Cancelled);
            await UploadStore.RemoveFilesAsync(session, upload, clock.GetUtcNow());
        }
        return cancelled;
    }, aborted);
}
