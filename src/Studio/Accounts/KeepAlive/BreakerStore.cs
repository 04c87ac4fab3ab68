using Holdfast.Domain.Connections;
using Holdfast.Storage;
using Microsoft.Extensions.Options;

namespace Holdfast.Studio.Accounts.KeepAlive;

/// <summary>The breaker that all nodes share, and the pace at which renewals leave. Each is a row, and one statement decides who may go.</summary>
internal sealed class BreakerStore(Database database, IncidentStore incidents, IEnumerable<IConnectionListener> listeners, IOptions<KeepAliveOptions> options, ISecretSource secrets, TimeProvider clock, ILogger<BreakerStore> log)
{
    private static readonly TimeSpan NotAskedWaits = TimeSpan.FromSeconds(30);

    public static async Task<Breaker> ReadAsync(Session session, Lane lane) =>
        (await session.FirstAsync<BreakerRow>($"select {BreakerRow.Columns} from breaker where lane = @lane", new { lane = NameOf(lane) }))?.ToDomain() ?? new();

    public Task<Breaker> ReadAsync(Lane lane, CancellationToken aborted = default) => database.ReadAsync(session => ReadAsync(session, lane), aborted);

    /// <summary>Asks for leave to renew one connection, in the transaction that claims it.</summary>
    /// <param name="leaseNow">What the pace is measured by: nodes whose clocks differ walk at one pace.</param>
    /// <param name="isNeeded">Somebody waits for the token: it may outrun the pace, and never an open breaker.</param>
    public async Task<Leave> EnterAsync(Session session, bool isNeeded, DateTimeOffset now, DateTimeOffset leaseNow)
    {
        var step = options.Value.Pace.Step(Jitter());
        // Instants further away than any wait of ours are from before the clock was set back, and bind nobody.
        var facts = new
        {
            now,
            far = now + Breaker.LongestWait,
            leaseNow,
            farLease = leaseNow + Breaker.LongestWait,
            step = (long)step.TotalMilliseconds,
            latest = leaseNow + (isNeeded ? Breaker.LongestWait : Pace.Slack),
            lease = leaseNow + RenewConnection.Lease,
        };
        if (await session.RunAsync("""
            update breaker set paced_until = case when paced_until between @leaseNow and @farLease then paced_until else @leaseNow end + @step
            where lane = 'tokens' and opened_at is null and (quiet_until is null or quiet_until not between @now and @far) and (paced_until <= @latest or paced_until > @farLease)
            """, facts) == 1)
        {
            return Leave.Granted;
        }
        return await session.RunAsync("""
            update breaker set probe_until = @lease
            where lane = 'tokens' and opened_at is not null and (quiet_until is null or quiet_until not between @now and @far)
              and (probe_at is null or probe_at not between @now and @far) and probe_until not between @leaseNow and @lease
            """, facts) == 1 ? Leave.Probe : Leave.Refused;
    }

    /// <summary>There was nothing to renew after all.</summary>
    public static Task GiveBackAsync(Session session) => session.RunAsync("update breaker set probe_until = 0 where lane = 'tokens'");

    /// <summary>TikTok answered. On a healthy day this reads one row and writes nothing.</summary>
    public async Task AnsweredAsync(Session session, Lane lane, DateTimeOffset now, bool wasProbe = false)
    {
        var seen = await ReadAsync(session, lane);
        if (!wasProbe && seen.AfterAnswer(now) == seen)
            return;
        var before = await HoldAsync(session, lane);
        var after = before.AfterAnswer(now);
        await WriteAsync(session, lane, after, wasProbe);
        if (before.IsOpen)
            await CloseAsync(session, lane, before, now);
    }

    /// <inheritdoc cref="AnsweredAsync(Session, Lane, DateTimeOffset, bool)"/>
    public async Task AnsweredAsync(Lane lane, bool wasProbe = false)
    {
        var (seen, now) = (await ReadAsync(lane), clock.GetUtcNow());
        if (wasProbe || seen.AfterAnswer(now) != seen)
            await database.WriteAsync(session => AnsweredAsync(session, lane, now, wasProbe));
    }

    /// <summary>Nobody was asked after all, so nothing is known; a try that was allowed is free again, a little later.</summary>
    public Task NotAskedAsync() => database.WriteAsync(session => session.RunAsync(
        "update breaker set probe_until = 0, probe_at = @later where lane = 'tokens' and opened_at is not null", new { later = clock.GetUtcNow() + NotAskedWaits }));

    /// <summary>TikTok did not answer, or with its own trouble.</summary>
    public Task FailedAsync(Lane lane, string connectionId, string? logId, TimeSpan? retryAfter = null, bool wasProbe = false) => database.WriteAsync(async session =>
    {
        var now = clock.GetUtcNow();
        var before = await HoldAsync(session, lane);
        var isOnly = !before.IsOpen && await session.FirstAsync<string>("select id from connection where renew_at is not null and id <> @connectionId limit 1", new { connectionId }) is null;
        var after = before.AfterFailure(connectionId, now, Jitter(), retryAfter, wasProbe, isOnly, options.Value.OpensAfter);
        await WriteAsync(session, lane, after, wasProbe);
        if (!after.IsOpen)
            return;
        if (!before.IsOpen)
            log.BreakerOpened(NameOf(lane), after.Failures, after.FailingSince);
        // Those whose failures opened it have felt it too.
        foreach (var one in before.IsOpen ? [connectionId] : after.Failing.Add(connectionId).Distinct(StringComparer.Ordinal))
            await incidents.RaiseAsync(session, new Incident(Incident.TikTokUnavailable, logId), one, now, began: after.FailingSince);
    });

    private async Task CloseAsync(Session session, Lane lane, Breaker before, DateTimeOffset now)
    {
        log.BreakerClosed(NameOf(lane), before.Probes, now - before.OpenedAt);
        if (lane is Lane.Tokens)
        {
            // What has waited leaves at the pace from here on, and nothing at once; nobody sits out a back-off whose reason is over.
            var leaseNow = await session.LeaseNowAsync();
            await session.RunAsync("update breaker set paced_until = @from where lane = 'tokens'", new { from = leaseNow + Pace.Slack });
            await IncidentStore.FeltByWaitingAsync(session, Incident.TikTokUnavailable, now);
            await session.RunAsync("update connection set renew_at = @now where renew_at > @now and failures > 0 and lease_until <= @leaseNow", new { now, leaseNow });
        }
        if (!(await ReadAsync(session, lane is Lane.Tokens ? Lane.Calls : Lane.Tokens)).IsOpen)
            await incidents.EndAsync(session, Incident.TikTokUnavailable, now);
        foreach (var listener in listeners)
            await listener.AnswersAgainAsync(session, now);
        session.Signal(ConnectionStore.RenewTopic);
    }

    private static async Task<Breaker> HoldAsync(Session session, Lane lane) =>
        (await session.FirstAsync<BreakerRow>($"select {BreakerRow.Columns} from breaker where lane = @lane {session.ForUpdate}", new { lane = NameOf(lane) }))?.ToDomain()
        ?? throw new InvalidOperationException("The breaker's row is gone.");

    private static Task WriteAsync(Session session, Lane lane, Breaker breaker, bool wasProbe) => session.RunAsync("""
        update breaker set failing_since = @FailingSince, failed_at = @FailedAt, failures = @failures, failing = @failing, answered_at = @AnsweredAt, opened_at = @OpenedAt,
          probes = @probes, probe_at = @ProbeAt, quiet_until = @QuietUntil, probe_until = case when @wasProbe then 0 else probe_until end
        where lane = @lane
        """, new
    {
        lane = NameOf(lane),
        breaker.FailingSince,
        breaker.FailedAt,
        failures = (long)breaker.Failures,
        failing = string.Join(',', breaker.Failing.IsDefault ? [] : breaker.Failing),
        breaker.AnsweredAt,
        breaker.OpenedAt,
        probes = (long)breaker.Probes,
        breaker.ProbeAt,
        breaker.QuietUntil,
        wasProbe,
    });

    private static string NameOf(Lane lane) => lane is Lane.Tokens ? "tokens" : "calls";

    private double Jitter() => BitConverter.ToUInt32(secrets.Bytes(4)) / (double)uint.MaxValue;
}

/// <summary>Whether a renewal may leave now.</summary>
internal enum Leave
{
    Refused,
    Granted,

    /// <summary>As the one try that an open breaker allows.</summary>
    Probe,
}
