using System.Text.Json;
using Holdfast.People.Letters;
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
            await SolveAsync(session, notice.WorkspaceId, "key = @key", new { workspaceId = notice.WorkspaceId, key });
        // Two unique indexes decide: one message for each cause, and one open message for each name.
        var added = await session.RunAsync("""
            insert into notice (id, workspace_id, kind, key, open_key, cause, connection_id, post_id, log_id, facts, useful_until, made_at, next_step_at)
            values (@id, @WorkspaceId, @kind,
              case when exists (select 1 from notice where workspace_id = @WorkspaceId and key = @Key and solved_at is not null) then coalesce(@KeyWhenBack, @Key) else @Key end, @OpenKey, @Cause, @ConnectionId, @PostId, @LogId, @facts, @UsefulUntil, @now, @tellAt)
            on conflict do nothing
            """, new
        {
            id = ulids.Next(),
            notice.WorkspaceId,
            kind = $"{notice.Kind}",
            notice.Key,
            notice.KeyWhenBack,
            notice.OpenKey,
            notice.Cause,
            notice.ConnectionId,
            notice.PostId,
            notice.LogId,
            facts = JsonSerializer.Serialize(notice.Facts),
            notice.UsefulUntil,
            now,
            tellAt = now + notice.WaitsFor,
        });
        if (added == 0)
            return;
        session.Signal(Topic);
        session.Signal(CurrentWorkspace.LiveTopicOf(notice.WorkspaceId));
    }

    /// <summary>The cause is back after it was said to be over: its notice is open again, what was taken back is on its way again, and whoever was told of the end is told anew.</summary>
    /// <param name="overKey">The notice that said so. It keeps its place under another key, and the next end is told.</param>
    public async Task ReopenAsync(Session session, string workspaceId, string key, string overKey)
    {
        var facts = new { workspaceId, key, overKey, now = clock.GetUtcNow(), leaseNow = await session.LeaseNowAsync() };
        await SolveAsync(session, workspaceId, "key = @overKey", facts);
        var over = await session.FirstAsync<string>("update notice set key = key || ':' || id where workspace_id = @workspaceId and key = @overKey returning id", facts);
        if (await session.FirstAsync<string>("update notice set solved_at = null, told_at = null, next_step_at = @now where workspace_id = @workspaceId and key = @key and solved_at is not null returning id", facts) is not { } id)
            return;
        // Whoever has the notice, and nothing since, is not told again; the others' deliveries are made anew, under ids that no receiver has seen.
        await session.RunAsync($"""
            delete from notice_delivery where notice_id = @id and (done_at is null or id in ({LetterBox.NotSent}) or exists (
              select 1 from notice_delivery o where o.notice_id = @over and o.channel = notice_delivery.channel and o.recipient = notice_delivery.recipient
                and (o.lease_until > @leaseNow or (o.done_at is not null and o.id not in ({LetterBox.NotSent})))))
            """, new { id, over = over ?? "", facts.leaseNow });
        session.Signal(Topic);
        session.Signal(CurrentWorkspace.LiveTopicOf(workspaceId));
    }

    /// <summary>The account no longer gives cause for these.</summary>
    public Task SolveConnectionAsync(Session session, string workspaceId, string connectionId, params Occasion[] kinds) =>
        SolveAsync(session, workspaceId, $"connection_id = @connectionId and kind in ({In(kinds)})", new { workspaceId, connectionId });

    /// <summary>The post no longer gives cause for these.</summary>
    public Task SolvePostAsync(Session session, string workspaceId, string postId, params Occasion[] kinds) =>
        SolveAsync(session, workspaceId, $"post_id = @postId and kind in ({In(kinds)})", new { workspaceId, postId });

    /// <summary>Nothing in the workspace gives cause for the open notices whose name begins so.</summary>
    public Task SolveOpenAsync(Session session, string workspaceId, string openKey) =>
        SolveAsync(session, workspaceId, "open_key like @start", new { workspaceId, start = $"{openKey}%" });

    // Solved, and what is still on its way is taken back: nobody is asked for what has been done.
    private async Task SolveAsync(Session session, string workspaceId, string which, object facts)
    {
        var now = clock.GetUtcNow();
        foreach (var id in await session.ListAsync<string>($"select id from notice where workspace_id = @workspaceId and solved_at is null and {which} {session.ForUpdate}", facts))
        {
            await session.RunAsync("update notice set solved_at = @now, next_step_at = null where id = @id", new { id, now });
            // In this order: a letter that is being written at this moment is waited for, and then found in the box.
            await session.RunAsync("update notice_delivery set withdrawn_at = @now, next_step_at = null where notice_id = @id and done_at is null", new { id, now });
            var letters = await session.ListAsync<string>("select id from notice_delivery where notice_id = @id and channel = 'email' and done_at is not null", new { id });
            await LetterBox.WithdrawAsync(session, letters, now);
            session.Signal(CurrentWorkspace.LiveTopicOf(workspaceId));
        }
    }

    private static string In(Occasion[] kinds) => string.Join(", ", kinds.Select(kind => $"'{kind}'"));
}
