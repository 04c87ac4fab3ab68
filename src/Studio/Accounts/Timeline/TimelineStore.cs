using Holdfast.Domain.Connections;
using Holdfast.Storage;

namespace Holdfast.Studio.Accounts.Timeline;

/// <summary>"Why did it disconnect?", line by line. Lines are added, never changed.</summary>
internal sealed class TimelineStore(Database database, Ulids ulids)
{
    public Task AppendAsync(Session session, string workspaceId, string connectionId, TimelineEntry entry) => session.RunAsync("""
        insert into connection_event (id, workspace_id, connection_id, at, kind, cause, tiktok_reason, log_id, attempts)
        values (@id, @workspaceId, @connectionId, @At, @kind, @Cause, @TikTokReason, @LogId, @attempts)
        """, new { id = ulids.Next(), workspaceId, connectionId, entry.At, kind = entry.Kind.ToString(), entry.Cause, entry.TikTokReason, entry.LogId, attempts = (long)entry.Attempts });

    /// <summary>Newest first.</summary>
    public Task<IReadOnlyList<TimelineRow>> ListAsync(string workspaceId, string connectionId, int limit, CancellationToken aborted = default) =>
        database.ReadAsync(session => session.ListAsync<TimelineRow>("""
            select id, at, kind, cause, tiktok_reason, log_id, attempts from connection_event
            where workspace_id = @workspaceId and connection_id = @connectionId order by at desc, id desc limit @limit
            """, new { workspaceId, connectionId, limit }), aborted);
}

/// <summary>One stored line.</summary>
public sealed record TimelineRow
{
    public string Id { get; init; } = "";
    public DateTimeOffset At { get; init; }
    public string Kind { get; init; } = "";
    public string Cause { get; init; } = "";
    public string? TikTokReason { get; init; }
    public string? LogId { get; init; }
    public long Attempts { get; init; }
}
