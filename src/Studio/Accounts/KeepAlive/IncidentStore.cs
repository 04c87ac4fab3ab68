using Holdfast.Domain.Connections;
using Holdfast.Storage;
using Holdfast.Studio.Notices;
using Holdfast.Studio.Workspaces;

namespace Holdfast.Studio.Accounts.KeepAlive;

/// <summary>Problems of the app, one row each however many accounts report them. Past ones stay.</summary>
internal sealed class IncidentStore(Database database, NoticeQueue notices, Ulids ulids, ILogger<IncidentStore> log)
{
    /// <summary>TikTok counts users over 24 hours.</summary>
    private static readonly TimeSpan UsersOfADay = TimeSpan.FromHours(25);

    /// <summary>Every account is looked at several times within it.</summary>
    private static readonly TimeSpan NobodyMeetsIt = TimeSpan.FromHours(1);

    /// <summary>Somebody met it; the first to do so makes it known.</summary>
    /// <param name="connectionId">Who felt it; <c>null</c> when it is nobody's in particular.</param>
    /// <param name="began">When it began, where that is known better than by the first report.</param>
    public async Task RaiseAsync(Session session, Incident incident, string? connectionId, DateTimeOffset now, DateTimeOffset? began = null)
    {
        await session.OneAtATimeAsync("incident");
        var isBack = await session.RunAsync("""
            update incident set ended_at = null
            where id = (select id from incident where cause = @Cause and ended_at > @since order by ended_at desc limit 1)
              and not exists (select 1 from incident other where other.cause = @Cause and other.ended_at is null)
            """, new { incident.Cause, since = now - IncidentRule.SameWithin }) == 1;
        var row = await session.FirstAsync<IncidentRow>("""
            insert into incident (id, cause, log_id, began_at, last_at, times) values (@id, @Cause, @LogId, @began, @now, 1)
            on conflict (cause) where ended_at is null do update set times = incident.times + 1, last_at = @now, log_id = coalesce(@LogId, incident.log_id)
            returning id, times
            """, new { id = ulids.Next(), incident.Cause, incident.LogId, now, began = began ?? now }) ?? throw new InvalidOperationException("An incident that was written is gone.");
        if (connectionId is not null)
        {
            await session.RunAsync("""
                insert into incident_felt (incident_id, connection_id, felt_at) values (@Id, @connectionId, @now)
                on conflict (incident_id, connection_id) do update set healed_at = null
                """, new { row.Id, connectionId, now });
        }
        if (row.Times > 1 && !isBack)
            return;
        log.IncidentBegan(incident.Cause, incident.LogId);
        foreach (var workspace in await TellOfAsync(session))
        {
            if (isBack)
                await notices.ReopenAsync(session, workspace, KeyOf(row.Id), OverKeyOf(row.Id));
            await notices.AddAsync(session, new NewNotice(workspace, Occasion.IncidentBegan, KeyOf(row.Id)) { Cause = incident.Cause, LogId = incident.LogId });
        }
        await SignalAllAsync(session);
    }

    /// <summary>A renewal or a sign-in of the connection worked, or TikTok let it post: what that proves to be over ends.</summary>
    public async Task HealAsync(Session session, string connectionId, IncidentEnds proof, DateTimeOffset now)
    {
        foreach (var open in await session.ListAsync<IncidentRow>("select id, cause from incident where ended_at is null"))
        {
            var ends = IncidentRule.Ends(open.Cause);
            if (ends is IncidentEnds.WithAnyRenewal && proof is IncidentEnds.WithAnyRenewal)
                await EndAsync(session, open, now);
            else if (ends == proof || (ends is IncidentEnds.WithEachRenewal && proof is IncidentEnds.WithAnyRenewal))
                await HealOneAsync(session, open, connectionId, now);
        }
    }

    /// <summary>Those whose renewal waits for it have felt it too, although they were never asked for.</summary>
    public static Task FeltByWaitingAsync(Session session, string cause, DateTimeOffset now) => session.RunAsync("""
        insert into incident_felt (incident_id, connection_id, felt_at)
        select incident.id, connection.id, @now from incident join connection on connection.renew_at <= @now and connection.refresh_token is not null
        where incident.cause = @cause and incident.ended_at is null
        on conflict (incident_id, connection_id) do nothing
        """, new { cause, now });

    /// <summary>An account that felt it is answered again. Most days this reads one row.</summary>
    public async Task CallWorkedAsync(string connectionId, DateTimeOffset now)
    {
        if ((await OpenAsync()).Any(open => IncidentRule.Ends(open.Cause) is IncidentEnds.WithEachCall))
            await database.WriteAsync(session => HealAsync(session, connectionId, IncidentEnds.WithEachCall, now));
    }

    /// <summary>Somebody signed in: TikTok knows the app. Why it refused many at once, that does not tell.</summary>
    public async Task SignedInAsync(Session session, DateTimeOffset now)
    {
        foreach (var open in await session.ListAsync<IncidentRow>("select id, cause from incident where ended_at is null"))
        {
            if (IncidentRule.Ends(open.Cause) is IncidentEnds.WithAnyRenewal && open.Cause != Incident.RefusedByMany)
                await EndAsync(session, open, now);
        }
    }

    /// <summary>It is over, and whoever was told of it hears that.</summary>
    public async Task EndAsync(Session session, string cause, DateTimeOffset now)
    {
        if (await session.FirstAsync<IncidentRow>("select id, cause from incident where cause = @cause and ended_at is null", new { cause }) is { } open)
            await EndAsync(session, open, now);
    }

    /// <summary>Ends what nobody is left to feel: the connections that did were disconnected meanwhile, nothing is left to renew, or TikTok's day of users has passed.</summary>
    public async Task SweepAsync(Session session, DateTimeOffset now)
    {
        foreach (var open in await session.ListAsync<IncidentRow>("select id, cause, last_at from incident where ended_at is null"))
        {
            switch (IncidentRule.Ends(open.Cause))
            {
                case IncidentEnds.WithEachPost when now - open.LastAt > UsersOfADay:
                case IncidentEnds.WithEachCall when now - open.LastAt > NobodyMeetsIt:
                case IncidentEnds.WithAnyRenewal when await session.FirstAsync<string>("select id from connection where renew_at is not null limit 1") is null:
                    await EndAsync(session, open, now);
                    break;
                case IncidentEnds.WithEachRenewal or IncidentEnds.WithEachPost or IncidentEnds.WithEachCall:
                    await EndWhenHealedAsync(session, open, now);
                    break;
            }
        }
    }

    /// <summary>What stands in the way now, the oldest first.</summary>
    public Task<IReadOnlyList<IncidentRow>> OpenAsync(CancellationToken aborted = default) =>
        database.ReadAsync(session => session.ListAsync<IncidentRow>($"select {IncidentRow.Columns} from incident where ended_at is null order by began_at"), aborted);

    /// <summary>What was over since then, the newest first.</summary>
    public Task<IReadOnlyList<IncidentRow>> PastAsync(DateTimeOffset since, int limit, CancellationToken aborted = default) => database.ReadAsync(session => session.ListAsync<IncidentRow>(
        $"select {IncidentRow.Columns} from incident where ended_at > @since order by began_at desc limit @limit", new { since, limit }), aborted);

    private async Task HealOneAsync(Session session, IncidentRow open, string connectionId, DateTimeOffset now)
    {
        if (await session.RunAsync("update incident_felt set healed_at = @now where incident_id = @Id and connection_id = @connectionId and healed_at is null", new { open.Id, connectionId, now }) == 1)
            await EndWhenHealedAsync(session, open, now);
    }

    private async Task EndWhenHealedAsync(Session session, IncidentRow open, DateTimeOffset now)
    {
        var left = await session.FirstAsync<long>("""
            select count(*) from incident_felt felt join connection on connection.id = felt.connection_id
            where felt.incident_id = @Id and felt.healed_at is null and connection.state not in ('disconnected', 'restricted')
            """, new { open.Id });
        if (left == 0)
            await EndAsync(session, open, now);
    }

    private async Task EndAsync(Session session, IncidentRow open, DateTimeOffset now)
    {
        if (await session.RunAsync("update incident set ended_at = @now where id = @Id and ended_at is null", new { open.Id, now }) == 0)
            return;
        log.IncidentEnded(open.Cause);
        foreach (var workspace in await TellOfAsync(session))
            await notices.AddAsync(session, new NewNotice(workspace, Occasion.IncidentOver, OverKeyOf(open.Id)) { Cause = open.Cause, Solves = KeyOf(open.Id) });
        await SignalAllAsync(session);
    }

    private static Task<IReadOnlyList<string>> TellOfAsync(Session session) => session.ListAsync<string>("select id from workspace where exists (select 1 from connection where connection.workspace_id = workspace.id)");

    private static string KeyOf(string id) => $"incident:{id}";

    private static string OverKeyOf(string id) => $"{KeyOf(id)}:over";

    // It is on every workspace's pages.
    private static async Task SignalAllAsync(Session session)
    {
        foreach (var id in await session.ListAsync<string>("select id from workspace"))
            session.Signal(CurrentWorkspace.LiveTopicOf(id));
    }
}
