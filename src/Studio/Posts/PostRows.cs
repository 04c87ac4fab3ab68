using Holdfast.Domain.Posts;
using Holdfast.Storage;
using Holdfast.Studio.Notices;
using Holdfast.Studio.Workspaces;

namespace Holdfast.Studio.Posts;

/// <summary>The one place that reads a post's row to change it and writes it back.</summary>
internal sealed class PostRows(PostNotices notices, Ulids ulids)
{
    /// <summary>The signal that a post may have become due.</summary>
    public const string DueTopic = "posts";

    /// <summary>The signal that a video is ready to be carried to TikTok.</summary>
    public const string UploadTopic = "uploads";

    /// <summary>The row, held against other changes until the transaction ends.</summary>
    public static Task<PostRow?> HoldAsync(Session session, string workspaceId, string id) => session.FirstAsync<PostRow>($"""
        select {PostRow.Columns} from {PostRow.Source} where p.id = @id and p.workspace_id = @workspaceId {ForUpdate(session)}
        """, new { id, workspaceId });

    /// <summary>Every post of an account that is not at its end.</summary>
    public static Task<IReadOnlyList<PostRow>> HoldOpenAsync(Session session, string workspaceId, string connectionId) => session.ListAsync<PostRow>($"""
        select {PostRow.Columns} from {PostRow.Source}
        where p.connection_id = @connectionId and p.workspace_id = @workspaceId
          and (p.state in ('Scheduled', 'Checking', 'Held', 'Unconfirmed') or p.next_step_at is not null)
        order by p.due_at, p.id {ForUpdate(session)}
        """, new { connectionId, workspaceId });

    /// <summary>Every post of the installation whose time has come and that nothing says was begun.</summary>
    public static Task<IReadOnlyList<PostRow>> HoldDueAsync(Session session, DateTimeOffset now) => session.ListAsync<PostRow>($"""
        select {PostRow.Columns} from {PostRow.Source}
        where p.state in ('Scheduled', 'Checking', 'Held') and p.init_sent_at is null and p.due_at <= @now
        order by p.due_at, p.id {ForUpdate(session)}
        """, new { now });

    /// <summary>Writes <paramref name="after"/> where nobody has taken the row since <paramref name="before"/> was read, and the line of history with it.</summary>
    /// <param name="leaseUntil">How long the writer keeps the row; null gives it back.</param>
    /// <param name="take">Ends the claim of whoever works on the row.</param>
    /// <returns>The row as it stands now; null when somebody else has it, and then nothing was written.</returns>
    public async Task<PostRow?> SaveAsync(
        Session session, PostRow before, PostRow after, DateTimeOffset now, PostEntry? entry, DateTimeOffset? leaseUntil = null, bool take = false, string? by = null)
    {
        var isNews = take || !after.LooksLike(before);
        var replans = take || (after.State, after.Post.GoesOutAt()) != (before.State, before.Post.GoesOutAt());
        var saved = after with
        {
            Version = before.Version + (isNews ? 1 : 0),
            Fence = before.Fence + (take ? 1 : 0),
            LeaseUntil = leaseUntil ?? DateTimeOffset.UnixEpoch,
            UpdatedAt = isNews ? now : before.UpdatedAt,
            Replans = replans,
            PrecheckAt = after.Post.NextLookAt(now),
            // A post that is being tried has not shown yet that the finding was wrong.
            ForgetsProblem = replans && after.State is not PostState.Checking,
        };
        if (await session.RunAsync(Update, saved with { ExpectedFence = before.Fence }) != 1)
            return null;
        if (entry is not null)
            await AddEventAsync(session, saved, entry, by);
        await notices.AddAsync(session, before, saved, entry, by);
        if (isNews)
            session.Signal(CurrentWorkspace.LiveTopicOf(saved.WorkspaceId));
        if (saved.NextStepAt is not null && leaseUntil is null)
            session.Signal(saved.State is PostState.Initialised or PostState.Uploading ? UploadTopic : DueTopic);
        return saved;
    }

    /// <returns>False when the same form has made a post already: one statement decides that.</returns>
    public static async Task<bool> InsertAsync(Session session, PostRow row)
    {
        if (await session.RunAsync(Insert, row with { PrecheckAt = row.Post.NextLookAt(row.CreatedAt) }) == 0)
            return false;
        session.Signal(CurrentWorkspace.LiveTopicOf(row.WorkspaceId));
        if (row.NextStepAt is not null)
            session.Signal(DueTopic);
        return true;
    }

    public Task AddEventAsync(Session session, PostRow row, PostEntry entry, string? by = null) => session.RunAsync("""
        insert into post_event (id, workspace_id, post_id, at, state, cause, code, log_id, by_person, place)
        values (@id, @WorkspaceId, @postId, @At, @state, @Cause, @Code, @LogId, @by, (select count(*) from post_event where post_id = @postId))
        """, new { id = ulids.Next(), row.WorkspaceId, postId = row.Id, entry.At, state = $"{entry.State}", entry.Cause, entry.Code, entry.LogId, by });

    private static string ForUpdate(Session session) => session.ForUpdate.Length > 0 ? session.ForUpdate + " of p" : "";

    private const string Update = """
        update post set
          connection_id = @ConnectionId, media_id = @MediaId, caption = @Caption, privacy = @Privacy, allow_comment = @AllowComment, allow_duet = @AllowDuet,
          allow_stitch = @AllowStitch, is_commercial = @IsCommercial, is_own_brand = @IsOwnBrand, is_branded_content = @IsBrandedContent, zone = @Zone, due_at = @DueAt,
          state = @StateWord, hold = @HoldWord, failure_remedy = @RemedyWord, failure_code = @FailureCode, failure_text = @FailureText, next_step_at = @NextStepAt,
          init_sent_at = @InitSentAt, initialised_at = @InitialisedAt, publish_id = @PublishId, upload_url = @UploadUrl, bytes_sent = @BytesSent,
          address_gone = @AddressGone, received_at = @ReceivedAt, video_id = @VideoId, link = @Link, inits = @Inits, looks = @Looks, failures = @Failures, slot = @Slot,
          version = @Version, fence = @Fence, lease_until = @LeaseUntil, updated_at = @UpdatedAt,
          precheck_at = case when @Replans then cast(@PrecheckAt as bigint) else precheck_at end,
          precheck_lease_until = case when @Replans then 0 else precheck_lease_until end,
          precheck_problem = case when @ForgetsProblem then null else precheck_problem end
        where id = @Id and workspace_id = @WorkspaceId and fence = @ExpectedFence
        """;

    private const string Insert = """
        insert into post (
          id, workspace_id, connection_id, media_id, form_key, caption, privacy, allow_comment, allow_duet, allow_stitch, is_commercial, is_own_brand,
          is_branded_content, zone, due_at, state, hold, failure_remedy, failure_code, failure_text, next_step_at, init_sent_at, initialised_at, publish_id, upload_url,
          bytes_sent, address_gone, received_at, video_id, link, inits, looks, failures, slot, version, lease_until, fence, created_by, created_at, updated_at, precheck_at)
        values (
          @Id, @WorkspaceId, @ConnectionId, @MediaId, @FormKey, @Caption, @Privacy, @AllowComment, @AllowDuet, @AllowStitch, @IsCommercial, @IsOwnBrand,
          @IsBrandedContent, @Zone, @DueAt, @StateWord, @HoldWord, @RemedyWord, @FailureCode, @FailureText, @NextStepAt, @InitSentAt, @InitialisedAt, @PublishId, @UploadUrl,
          @BytesSent, @AddressGone, @ReceivedAt, @VideoId, @Link, @Inits, @Looks, @Failures, @Slot, @Version, @LeaseUntil, @Fence, @CreatedBy, @CreatedAt, @UpdatedAt, @PrecheckAt)
        on conflict (workspace_id, form_key) do nothing
        """;
}
