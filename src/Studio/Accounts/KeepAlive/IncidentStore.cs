using Holdfast.Domain.Connections;
using Holdfast.Storage;
using Holdfast.Studio.Workspaces;

namespace Holdfast.Studio.Accounts.KeepAlive;

/// <summary>Problems of the app, one row each however many accounts report them.</summary>
internal sealed class IncidentStore(Database database, Ulids ulids, ILogger<IncidentStore> log)
{
    /// <summary>The cause when no client key and secret are configured.</summary>
    public const string NoApp = "no-app";

    public async Task RaiseAsync(Session session, Incident incident, DateTimeOffset now)
    {
        var times = await session.FirstAsync<long>("""
            insert into incident (id, cause, log_id, began_at, last_at, times) values (@id, @Cause, @LogId, @now, @now, 1)
            on conflict (cause) where ended_at is null do update set times = incident.times + 1, last_at = @now, log_id = coalesce(@LogId, incident.log_id)
            returning times
            """, new { id = ulids.Next(), incident.Cause, incident.LogId, now });
        if (times > 1)
            return;
        log.IncidentBegan(incident.Cause, incident.LogId);
        await SignalAllAsync(session);
    }

    public async Task EndAllAsync(Session session, DateTimeOffset now)
    {
        if (await session.RunAsync("update incident set ended_at = @now where ended_at is null", new { now }) == 0)
            return;
        log.IncidentsEnded();
        await SignalAllAsync(session);
    }

    /// <summary>What stands in the way now, the oldest first.</summary>
    public Task<IReadOnlyList<IncidentRow>> OpenAsync(CancellationToken aborted = default) =>
        database.ReadAsync(session => session.ListAsync<IncidentRow>("select cause, log_id, began_at, times from incident where ended_at is null order by began_at"), aborted);

    // It is on every workspace's pages.
    private static async Task SignalAllAsync(Session session)
    {
        foreach (var id in await session.ListAsync<string>("select id from workspace"))
            session.Signal(CurrentWorkspace.LiveTopicOf(id));
    }
}

public sealed record IncidentRow
{
    public string Cause { get; init; } = "";
    public string? LogId { get; init; }
    public DateTimeOffset BeganAt { get; init; }
    public long Times { get; init; }
}
