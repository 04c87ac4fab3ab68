using Holdfast.Domain.Posts;
using Holdfast.Domain.Quotas;
using Holdfast.Shell.Sealing;
using Holdfast.Storage;
using Holdfast.Studio.Accounts;
using Holdfast.TikTok.Posting;

namespace Holdfast.Studio.Posts.Publishing;

/// <summary>Due posts as workers take them: one at a time, under lease and fence.</summary>
internal sealed class PublishStore(Database database, PostRows rows, SecretSeal seal, TimeProvider clock)
{
    /// <summary>How long a silent worker keeps a post before another takes it over.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(90);

    private const string Uploads = "('Initialised', 'Uploading')";

    /// <summary>The post that has waited longest, for the worker's lane; null when none is due.</summary>
    public Task<PostRow?> ClaimAsync(bool uploads, CancellationToken aborted) => database.WriteAsync(async session =>
    {
        var leaseNow = await session.LeaseNowAsync();
        var id = await session.FirstAsync<string>($"""
            update post set lease_until = @until, fence = fence + 1
            where id = (
              select id from post
              where next_step_at <= @now and lease_until <= @leaseNow and state {(uploads ? "in" : "not in")} {Uploads}
              order by next_step_at, id limit 1 {session.SkipLocked})
            returning id
            """, new { now = clock.GetUtcNow(), leaseNow, until = leaseNow + Lease });
        return id is null ? null : await session.FirstAsync<PostRow>($"select {PostRow.Columns} from {PostRow.Source} where p.id = @id", new { id });
    }, aborted);

    /// <summary>Saves what the rules decided. With <paramref name="keep"/> the claim goes on, else the row is free again.</summary>
    /// <returns>The row under the claim; null when somebody else has it now.</returns>
    public Task<PostRow?> SaveAsync(PostRow before, PostRow after, PostEntry? entry, bool keep) => database.WriteAsync(async session =>
    {
        return await rows.SaveAsync(session, before, after, clock.GetUtcNow(), entry, keep ? await session.LeaseNowAsync() + Lease : null);
    });

    /// <summary>More time for a claim that is being worked on; false when it is lost.</summary>
    public Task<bool> RenewAsync(PostRow row) => database.WriteAsync(async session =>
        await session.RunAsync("update post set lease_until = @until where id = @Id and fence = @Fence", new { row.Id, row.Fence, until = await session.LeaseNowAsync() + Lease }) == 1);

    /// <summary>What the rules need to know beside the post.</summary>
    public Task<PostContext> ContextAsync(PostRow row) => database.ReadAsync(async session =>
    {
        var now = clock.GetUtcNow();
        var connection = row.ConnectionId is null ? null : await session.FirstAsync<ConnectionRow>(
            $"select {ConnectionRow.Columns} from connection where id = @ConnectionId and workspace_id = @WorkspaceId", new { row.ConnectionId, row.WorkspaceId });
        var blocked = connection is null ? HoldReason.Disconnected : connection.ToDomain().BlocksPosts;
        var taken = await session.ListAsync<long>(
            "select initialised_at from post where connection_id = @ConnectionId and workspace_id = @WorkspaceId and initialised_at > @since",
            new { row.ConnectionId, row.WorkspaceId, since = now - Quota.Posts.Window });
        var free = Quota.Posts.NextAllowedAt(taken.Select(DateTimeOffset.FromUnixTimeMilliseconds), now);
        return new PostContext(now, await LateRuleAsync(session, row.WorkspaceId), blocked, free > now ? free : null);
    });

    public static async Task<LateRule> LateRuleAsync(Session session, string workspaceId) =>
        await session.FirstAsync<long?>("select late_minutes from workspace where id = @workspaceId", new { workspaceId }) is { } minutes
            ? new(TimeSpan.FromMinutes(minutes))
            : LateRule.Default;

    /// <summary>Videos of the account that cannot be this post: other posts of ours became them, or they were there before it was announced. And whether another post with the same words may be at TikTok without a video that we know.</summary>
    public Task<(IReadOnlySet<string> Known, bool HasTwin)> KnownVideosAsync(PostRow row, DateTimeOffset since) => database.ReadAsync(async session =>
    {
        var mine = new { row.ConnectionId, row.WorkspaceId, row.Id, row.Caption, since };
        var known = await session.ListAsync<string>("""
            select video_id from post where connection_id = @ConnectionId and workspace_id = @WorkspaceId and video_id is not null and id <> @Id
            union
            select v.video_id from connection_video v join connection c on c.id = v.connection_id
            where v.connection_id = @ConnectionId and v.workspace_id = @WorkspaceId and c.profile_at < @since
            """, mine);
        var twins = await session.FirstAsync<long>("""
            select count(*) from post
            where connection_id = @ConnectionId and workspace_id = @WorkspaceId and id <> @Id and caption = @Caption and init_sent_at is not null and video_id is null
            """, mine);
        return ((IReadOnlySet<string>)known.ToHashSet(StringComparer.Ordinal), twins > 0);
    });

    public byte[] Close(UploadUrl url, string postId) => seal.Close(url.Reveal(), Place(postId));

    /// <summary>The address the bytes go to; null when there is none that opens.</summary>
    public UploadUrl? OpenUploadUrl(PostRow row)
    {
        try
        {
            return row.UploadUrl is null ? null : new UploadUrl(seal.Open(row.UploadUrl, Place(row.Id)));
        }
        catch (SealedSecretException)
        {
            // The key is gone or the row was restored from elsewhere: without an address TikTok can get no more bytes.
            return null;
        }
    }

    private static SealedPlace Place(string postId) => new("post", "upload_url", postId);
}
