using Holdfast.Domain.Posts;
using Holdfast.Storage;
using Holdfast.Studio.Accounts;

namespace Holdfast.Studio.Posts;

/// <summary>A workspace's posts, as people read and change them.</summary>
internal sealed class PostStore(Database database, PostRows rows, Ulids ulids, TimeProvider clock)
{
    public const int PageSize = 30;

    /// <summary>Posts planned in the span, from its first instant to before its last, in their order.</summary>
    public Task<IReadOnlyList<PostView>> ListAsync(string workspaceId, DateTimeOffset from, DateTimeOffset to, CancellationToken aborted = default) =>
        database.ReadAsync(session => session.ListAsync<PostView>($"""
            select {PostView.Columns} from {PostView.Source}
            where p.workspace_id = @workspaceId and p.due_at >= @from and p.due_at < @to
            order by p.due_at, p.id
            """, new { workspaceId, from, to }), aborted);

    /// <summary>One page of a tab: what is planned soonest first where it is still to come, else the newest first.</summary>
    public Task<IReadOnlyList<PostView>> PageAsync(string workspaceId, PostFilter filter, int skip = 0, int take = PageSize, CancellationToken aborted = default) =>
        database.ReadAsync(session => session.ListAsync<PostView>($"""
            select {PostView.Columns} from {PostView.Source}
            where p.workspace_id = @workspaceId and p.state in ({In(filter)})
            order by {(filter is PostFilter.Scheduled or PostFilter.InProgress ? "p.due_at, p.id" : "coalesce(p.received_at, p.due_at, p.updated_at) desc, p.id desc")}
            limit @take offset @skip
            """, new { workspaceId, take, skip }), aborted);

    /// <summary>How many posts each tab has.</summary>
    public async Task<IReadOnlyDictionary<PostFilter, int>> CountsAsync(string workspaceId, CancellationToken aborted = default)
    {
        var states = (await database.ReadAsync(session => session.ListAsync<StateCount>(
            "select state, count(*) as posts from post where workspace_id = @workspaceId group by state", new { workspaceId }), aborted)).ToDictionary(row => row.State, row => (int)row.Posts);
        return Enum.GetValues<PostFilter>().ToDictionary(filter => filter, filter => filter.States().Sum(state => states.GetValueOrDefault(state)));
    }

    public Task<PostView?> FindAsync(string workspaceId, string id, CancellationToken aborted = default) =>
        database.ReadAsync(session => session.FirstAsync<PostView>(
            $"select {PostView.Columns} from {PostView.Source} where p.id = @id and p.workspace_id = @workspaceId", new { id, workspaceId }), aborted);

    /// <summary>Everything a person decided, for the form that changes it.</summary>
    public Task<PostRow?> RowAsync(string workspaceId, string id, CancellationToken aborted = default) =>
        database.ReadAsync(session => session.FirstAsync<PostRow>(
            $"select {PostRow.Columns} from {PostRow.Source} where p.id = @id and p.workspace_id = @workspaceId", new { id, workspaceId }), aborted);

    /// <summary>A post's history, the newest first.</summary>
    public Task<IReadOnlyList<PostEvent>> EventsAsync(string workspaceId, string id, CancellationToken aborted = default) =>
        database.ReadAsync(session => session.ListAsync<PostEvent>(
            "select at, state, cause, code, log_id, by_person from post_event where post_id = @id and workspace_id = @workspaceId order by at desc, place desc", new { id, workspaceId }), aborted);

    /// <summary>A new post from a form; the same form sent again finds the first.</summary>
    /// <param name="by">The person's name, for the history.</param>
    /// <param name="personId">Whose first steps it counts for.</param>
    public Task<string> AddAsync(string workspaceId, string formKey, PostInput input, string by, string? personId = null, CancellationToken aborted = default) =>
        database.WriteAsync(async session =>
        {
            var now = clock.GetUtcNow();
            var blank = new PostRow
            {
                Id = ulids.Next(),
                WorkspaceId = workspaceId,
                FormKey = formKey,
                State = PostState.Draft,
                Version = 1,
                Fence = 1,
                LeaseUntil = DateTimeOffset.UnixEpoch,
                CreatedBy = personId ?? by,
                CreatedAt = now,
                UpdatedAt = now,
            };
            var (row, entry) = await DecidedAsync(session, Filled(blank, input), input, now);
            if (!await PostRows.InsertAsync(session, row))
                return await session.FirstAsync<string>("select id from post where workspace_id = @workspaceId and form_key = @formKey", new { workspaceId, formKey }) ?? row.Id;
            await rows.AddEventAsync(session, row, entry, by);
            return row.Id;
        }, aborted);

    /// <summary>What a person changed in the form of a draft or a planned post.</summary>
    public Task<ChangeAnswer> EditAsync(string workspaceId, string id, long expectedVersion, PostInput input, string by, CancellationToken aborted = default) =>
        ChangeAsync(workspaceId, id, expectedVersion, by, async (session, row, now) =>
        {
            if (!row.Post.CanEdit)
                return null;
            var (after, entry) = await DecidedAsync(session, Filled(row, input), input, now);
            return (after, entry with { Cause = entry.State is PostState.Held ? entry.Cause : "Edited" });
        }, aborted);

    /// <summary>To another time, where nothing of it is at TikTok. A draft only remembers the time.</summary>
    public Task<ChangeAnswer> MoveAsync(string workspaceId, string id, DateTimeOffset newDueAt, long expectedVersion, string? by = null, CancellationToken aborted = default) =>
        ChangeAsync(workspaceId, id, expectedVersion, by, async (session, row, now) => row.Post switch
        {
            { CanEdit: false } or { State: PostState.Cancelled } => null,
            { State: PostState.Draft } draft => (row.With(draft with { DueAt = newDueAt }), new PostEntry(now, PostState.Draft, "Moved")),
            var post when post.Schedule(newDueAt) is { } moved => await UnderTheConnectionAsync(session, row.With(moved), now, "Moved"),
            _ => null,
        }, aborted);

    /// <summary>A person wants it out at once: a planned, late or failed one.</summary>
    public Task<ChangeAnswer> PublishNowAsync(string workspaceId, string id, long expectedVersion, string by, CancellationToken aborted = default) =>
        ChangeAsync(workspaceId, id, expectedVersion, by, async (session, row, now) =>
            row.State is PostState.Scheduled or PostState.Held or PostState.Failed && row.Post.Schedule(now) is { } soon
                ? await UnderTheConnectionAsync(session, row.With(soon), now, "PublishNow")
                : null, aborted);

    public Task<ChangeAnswer> CancelAsync(string workspaceId, string id, long expectedVersion, string by, CancellationToken aborted = default) =>
        ChangeAsync(workspaceId, id, expectedVersion, by, (_, row, now) => Task.FromResult<(PostRow, PostEntry)?>(
            row.State is not PostState.Cancelled && row.Post.Cancel() is { } cancelled ? (row.With(cancelled), new(now, PostState.Cancelled, "Cancelled")) : null), aborted);

    /// <summary>Back to a draft, with everything that was typed.</summary>
    public Task<ChangeAnswer> UnscheduleAsync(string workspaceId, string id, long expectedVersion, string by, CancellationToken aborted = default) =>
        ChangeAsync(workspaceId, id, expectedVersion, by, (_, row, now) => Task.FromResult<(PostRow, PostEntry)?>(
            row.Post.Unschedule() is { } draft ? (row.With(draft), new(now, PostState.Draft, "Unscheduled")) : null), aborted);

    /// <summary>A person looked at the profile and says what became of a post we could not confirm: it is there, or it goes out again.</summary>
    public Task<ChangeAnswer> SettleAsync(string workspaceId, string id, bool isPublished, long expectedVersion, string by, CancellationToken aborted = default) =>
        ChangeAsync(workspaceId, id, expectedVersion, by, async (session, row, now) => row.Post.Settle(isPublished, now) switch
        {
            null => null,
            var published when isPublished => (row.With(published), new PostEntry(now, PostState.Published, "SettledPublished")),
            var again => await UnderTheConnectionAsync(session, row.With(again), now, "SettledNot"),
        }, aborted);

    /// <summary>Takes a draft or a cancelled post away, history included.</summary>
    public Task<ChangeAnswer> DeleteAsync(string workspaceId, string id, long expectedVersion, CancellationToken aborted = default) =>
        database.WriteAsync(async session =>
        {
            if (await PostRows.HoldAsync(session, workspaceId, id) is not { } row)
                return ChangeAnswer.Gone;
            if (row.State is not (PostState.Draft or PostState.Cancelled) || row.InitSentAt is not null)
                return ChangeAnswer.TooLate;
            if (row.Version != expectedVersion)
                return ChangeAnswer.ChangedMeanwhile;
            await session.RunAsync("delete from post_event where post_id = @id and workspace_id = @workspaceId", new { id, workspaceId });
            await session.RunAsync("delete from post where id = @id and workspace_id = @workspaceId and version = @expectedVersion", new { id, workspaceId, expectedVersion });
            session.Signal(Workspaces.CurrentWorkspace.LiveTopicOf(workspaceId));
            return ChangeAnswer.Done;
        }, aborted);

    private Task<ChangeAnswer> ChangeAsync(
        string workspaceId, string id, long expectedVersion, string? by, Func<Session, PostRow, DateTimeOffset, Task<(PostRow Row, PostEntry Entry)?>> decide, CancellationToken aborted) =>
        database.WriteAsync(async session =>
        {
            if (await PostRows.HoldAsync(session, workspaceId, id) is not { } before)
                return ChangeAnswer.Gone;
            var now = clock.GetUtcNow();
            if (await decide(session, before, now) is not { } decided)
                return ChangeAnswer.TooLate;
            if (before.Version != expectedVersion)
                return ChangeAnswer.ChangedMeanwhile;
            // Whoever worked on the post loses its claim: what it decided was about another post.
            return await rows.SaveAsync(session, before, decided.Row, now, decided.Entry, take: true, by: by) is null ? ChangeAnswer.ChangedMeanwhile : ChangeAnswer.Done;
        }, aborted);

    private static async Task<(PostRow Row, PostEntry Entry)> DecidedAsync(Session session, PostRow row, PostInput input, DateTimeOffset now)
    {
        if (input is { IsScheduled: true, DueAt: { } dueAt } && row.Post.Schedule(dueAt) is { } scheduled)
            return await UnderTheConnectionAsync(session, row.With(scheduled), now, "Scheduled");
        var draft = (row.Post.Unschedule() ?? row.Post) with { DueAt = input.DueAt };
        return (row.With(draft), new(now, draft.State, "Drafted"));
    }

    /// <summary>A planned post of an account that cannot post now shows at once that it waits.</summary>
    private static async Task<(PostRow Row, PostEntry Entry)> UnderTheConnectionAsync(Session session, PostRow row, DateTimeOffset now, string cause)
    {
        if (row.ConnectionId is not null && await BlockedAsync(session, row.WorkspaceId, row.ConnectionId) is { } reason
            && row.Post.HoldFor(reason, new(now, LateRule.Default)) is { Entry: { } entry } held)
        {
            return (row.With(held.Post), entry);
        }
        return (row, new(now, row.State, cause));
    }

    private static async Task<HoldReason?> BlockedAsync(Session session, string workspaceId, string connectionId) =>
        (await session.FirstAsync<ConnectionRow>($"select {ConnectionRow.Columns} from connection where id = @connectionId and workspace_id = @workspaceId", new { connectionId, workspaceId }))
        is { } connection ? connection.ToDomain().BlocksPosts : HoldReason.Disconnected;

    private static PostRow Filled(PostRow row, PostInput input) => input.On(row) with { ConnectionId = input.ConnectionId, MediaId = input.MediaId, Zone = input.Zone };

    private static string In(PostFilter filter) => string.Join(", ", filter.States().Select(state => $"'{state}'"));

    private sealed record StateCount
    {
        public PostState State { get; init; }
        public long Posts { get; init; }
    }
}
