using Holdfast.Domain.Connections;
using Holdfast.Storage;

namespace Holdfast.Studio.Accounts.Timeline;

/// <summary>"Why did it disconnect?", line by line. Lines are added, never changed.</summary>
internal sealed class TimelineStore(Database database, Ulids ulids)
{
    public Task AppendAsync(Session session, string workspaceId, string connectionId, TimelineEntry entry) => session.RunAsync("""
        insert into connection_event (id, workspace_id, connection_id, at, kind, cause, tiktok_reason, log_id, attempts, by_name)
        values (@id, @workspaceId, @connectionId, @At, @kind, @Cause, @TikTokReason, @LogId, @attempts, @By)
        """, new { id = ulids.Next(), workspaceId, connectionId, entry.At, kind = entry.Kind.ToString(), entry.Cause, entry.TikTokReason, entry.LogId, attempts = (long)entry.Attempts, entry.By });

    /// <summary>The name a line gives a person, as it is now.</summary>
    public static Task<string?> NameAsync(Session session, string personId) =>
        session.FirstAsync<string>("select display_name from person where id = @personId", new { personId });

    /// <summary>The member who connected the account; <c>null</c> where somebody did by a link, which has a line of its own.</summary>
    public static Task<string?> ConnectedByAsync(Session session, string connectionId) => session.FirstAsync<string>("""
        select person.display_name from connection join person on person.id = connection.connected_by
        where connection.id = @connectionId and not exists (select 1 from connection_event where connection_id = @connectionId and kind = 'SignedInByLink')
        """, new { connectionId });

    /// <summary>Newest first.</summary>
    /// <param name="before">Only lines older than this one, the last of the page before.</param>
    public Task<IReadOnlyList<TimelineRow>> ListAsync(string workspaceId, string connectionId, int limit, TimelineRow? before = null, CancellationToken aborted = default) =>
        database.ReadAsync(session => session.ListAsync<TimelineRow>($"""
            select id, at, kind, cause, tiktok_reason, log_id, attempts, by_name from connection_event
            where workspace_id = @workspaceId and connection_id = @connectionId {(before is null ? "" : "and (at < @At or (at = @At and id < @Id))")}
            order by at desc, id desc limit @limit
            """, new { workspaceId, connectionId, limit, before?.At, before?.Id }), aborted);

    /// <summary>Good renewals of long ago, a few at a time; everything else of the story stays.</summary>
    public Task<int> ForgetRenewalsAsync(DateTimeOffset before, int most, CancellationToken stopping) => database.WriteAsync(session => session.RunAsync(
        "delete from connection_event where id in (select id from connection_event where kind = 'Renewed' and attempts <= 1 and at < @before order by at limit @most)",
        new { before, most }), stopping);
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

    /// <summary>The person who acted; <c>null</c> where nobody but Studio did.</summary>
    public string? ByName { get; init; }
}
