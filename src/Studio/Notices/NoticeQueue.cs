using System.Text.Json;
using Holdfast.Storage;
using Holdfast.Studio.Workspaces;

namespace Holdfast.Studio.Notices;

/// <summary>Takes notices, in the transaction in which the reason for them happens, and takes them back when the reason is gone.</summary>
internal sealed class NoticeQueue(Ulids ulids, TimeProvider clock)
{
    /// <summary>The signal that somebody may have to be told something.</summary>
    public const string Topic = "notices";

    /// <summary>Queues <paramref name="notice"/>: members see it at once, and are written to as they chose. The same cause again changes nothing.</summary>
    public async Task AddAsync(Session session, NewNotice notice)
    {
        var now = clock.GetUtcNow();
        if (notice.Solves is { } key)
            await SolveAsync(session, notice.WorkspaceId, key);
        // Two unique indexes decide: one message for each cause, and one open message for each name.
        var added = await session.RunAsync("""
            insert into notice (id, workspace_id, kind, key, open_key, cause, connection_id, post_id, log_id, facts, useful_until, made_at, next_step_at)
            values (@id, @WorkspaceId, @kind, @Key, @OpenKey, @Cause, @ConnectionId, @PostId, @LogId, @facts, @UsefulUntil, @now, @now)
            on conflict do nothing
            """, new
        {
            id = ulids.Next(),
            notice.WorkspaceId,
            kind = $"{notice.Kind}",
            notice.Key,
            notice.OpenKey,
            notice.Cause,
            notice.ConnectionId,
            notice.PostId,
            notice.LogId,
            facts = JsonSerializer.Serialize(notice.Facts),
            notice.UsefulUntil,
            now,
        });
        if (added == 0)
            return;
        session.Signal(Topic);
        session.Signal(CurrentWorkspace.LiveTopicOf(notice.WorkspaceId));
    }

    /// <summary>The cause of the notice with this key is gone.</summary>
    public Task SolveAsync(Session session, string workspaceId, string key) =>
        SolveAsync(session, workspaceId, "key = @key", new { workspaceId, key, now = clock.GetUtcNow() });

    private static async Task SolveAsync(Session session, string workspaceId, string which, object facts)
    {
        if (await session.RunAsync($"update notice set solved_at = @now, next_step_at = null where workspace_id = @workspaceId and solved_at is null and {which}", facts) > 0)
            session.Signal(CurrentWorkspace.LiveTopicOf(workspaceId));
    }
}
