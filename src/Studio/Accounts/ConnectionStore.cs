using Holdfast.Domain.Connections;
using Holdfast.Storage;
using Holdfast.Studio.Accounts.Timeline;
using Holdfast.Studio.Notices;
using Holdfast.Studio.Workspaces;

namespace Holdfast.Studio.Accounts;

/// <summary>Connections of a workspace, and the one way their state changes.</summary>
internal sealed class ConnectionStore(Database database, TimelineStore timeline, ConnectionNotices notices, IEnumerable<IConnectionListener> listeners)
{
    /// <summary>The signal that a renewal may have become due.</summary>
    public const string RenewTopic = "connections";

    /// <summary>The signal that a look at the profile may have become due.</summary>
    public const string CheckTopic = "connection-checks";

    /// <summary>All connections of the workspace, the ones that need somebody first.</summary>
    public Task<IReadOnlyList<ConnectionRow>> ListAsync(string workspaceId, CancellationToken aborted = default) =>
        database.ReadAsync(session => session.ListAsync<ConnectionRow>($"""
            select {ConnectionRow.Columns} from connection where workspace_id = @workspaceId
            order by case state when 'needs-sign-in' then 0 when 'restricted' then 1 when 'disconnected' then 3 else 2 end, lower(display_name), id
            """, new { workspaceId }), aborted);

    public Task<ConnectionRow?> FindAsync(string workspaceId, string id, CancellationToken aborted = default) =>
        database.ReadAsync(session => session.FirstAsync<ConnectionRow>($"select {ConnectionRow.Columns} from connection where id = @id and workspace_id = @workspaceId", new { id, workspaceId }), aborted);

    /// <summary>How many accounts wait for a person.</summary>
    public async Task<int> CountWaitingAsync(string workspaceId, CancellationToken aborted = default) =>
        (int)await database.ReadAsync(session => session.FirstAsync<long>("select count(*) from connection where workspace_id = @workspaceId and state = 'needs-sign-in'", new { workspaceId }), aborted);

    /// <summary>The row, held against other changes until the transaction ends.</summary>
    public static Task<ConnectionRow?> HoldAsync(Session session, string id) =>
        session.FirstAsync<ConnectionRow>($"select {ConnectionRow.Columns} from connection where id = @id {session.ForUpdate}", new { id });

    /// <summary>Saves what the rules decided about <paramref name="before"/>, tells the listeners and writes the timeline.</summary>
    public async Task SaveAsync(Session session, ConnectionRow before, ConnectionChange change, DateTimeOffset now)
    {
        await WriteRowAsync(session, before, change, now, new NewTokens.Same());
        await TellAsync(session, before, change, now);
    }

    /// <summary>Everything a change says about the row, tokens included, in one statement; it does nothing when somebody has claimed the row since <paramref name="before"/> was read.</summary>
    public static async Task<bool> WriteRowAsync(Session session, ConnectionRow before, ConnectionChange change, DateTimeOffset now, NewTokens tokens)
    {
        var after = change.Connection;
        var isNewState = after.State != ConnectionState.Read(before.State, before.StateReason);
        var pair = tokens as NewTokens.Pair;
        var written = await session.RunAsync("""
            update connection set
              access_token = case when @drop then null else coalesce(@access, access_token) end,
              refresh_token = case when @drop then null else coalesce(@refresh, refresh_token) end,
              state = @Word, state_reason = @Detail, state_since = @stateSince, state_log_id = @stateLogId,
              scopes = @scopes, granted_at = @GrantedAt, access_ends_at = @AccessEndsAt, refresh_ends_at = @RefreshEndsAt, connected_at = @ConnectedAt,
              renew_at = @RenewAt, failures = @failures, asked_at = @AskedAt, unanswered_at = @UnansweredAt, forced_at = @ForcedAt, forced_before_at = @ForcedBeforeAt, removal_told = @told
            where id = @Id and fence = @Fence
            """, new
        {
            before.Id,
            before.Fence,
            drop = tokens is NewTokens.None,
            access = pair?.Access,
            refresh = pair?.Refresh,
            after.State.Word,
            after.State.Detail,
            stateSince = isNewState ? now : before.StateSince,
            stateLogId = isNewState ? change.Entry?.LogId : before.StateLogId,
            scopes = after.Scopes.ToString(),
            after.Life.GrantedAt,
            after.Life.AccessEndsAt,
            after.Life.RefreshEndsAt,
            after.ConnectedAt,
            after.RenewAt,
            failures = (long)after.Trail.Failures,
            after.Trail.AskedAt,
            after.Trail.UnansweredAt,
            after.Trail.ForcedAt,
            after.Trail.ForcedBeforeAt,
            told = after.Trail.Told?.ToString(),
        });
        session.Signal(RenewTopic);
        return written == 1;
    }

    /// <summary>The part of a change that is not on the row: timeline, notices, listeners, open pages.</summary>
    public async Task TellAsync(Session session, ConnectionRow before, ConnectionChange change, DateTimeOffset now)
    {
        if (change.Entry is { } entry)
            await timeline.AppendAsync(session, before.WorkspaceId, before.Id, entry);
        await notices.AddAsync(session, before, change);
        foreach (var listener in listeners)
        {
            if (change.Posts is PostsEffect.Resume)
                await listener.LiveAgainAsync(session, before.Id, before.WorkspaceId, now);
            else if (change.Posts is PostsEffect.Hold && change.Connection.BlocksPosts is { } reason)
                await listener.EndedAsync(session, before.Id, before.WorkspaceId, reason, now);
        }
        session.Signal(CurrentWorkspace.LiveTopicOf(before.WorkspaceId));
    }

    /// <summary>When any listener next needs the account's token.</summary>
    public async Task<DateTimeOffset?> NextNeedAsync(Session session, string connectionId)
    {
        DateTimeOffset? next = null;
        foreach (var listener in listeners)
        {
            if (await listener.NextNeedAsync(session, connectionId) is { } need && (next is null || need < next))
                next = need;
        }
        return next;
    }
}

/// <summary>What a change does to the stored tokens.</summary>
internal abstract record NewTokens
{
    private NewTokens() { }

    public sealed record Same : NewTokens;

    /// <summary>Sealed; without a refresh token the stored one is kept.</summary>
    public sealed record Pair(byte[] Access, byte[]? Refresh) : NewTokens;

    public sealed record None : NewTokens;
}
