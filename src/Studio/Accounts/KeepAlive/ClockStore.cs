using Holdfast.Domain.Connections;
using Holdfast.Storage;

namespace Holdfast.Studio.Accounts.KeepAlive;

/// <summary>This installation's clock against TikTok's, as the answers to renewals showed it.</summary>
internal sealed class ClockStore(Database database, IncidentStore incidents, TimeProvider clock, ILogger<ClockStore> log)
{
    private KnownSkew? latest;

    /// <summary><c>null</c> while no answer has told.</summary>
    public async Task<KnownSkew?> FindAsync(CancellationToken aborted = default) =>
        (await database.ReadAsync(session => session.FirstAsync<Row>("select clock_skew_ms, clock_seen_at from installation"), aborted)) is { ClockSkewMs: { } skew, ClockSeenAt: { } seenAt }
            ? new KnownSkew(TimeSpan.FromMilliseconds(skew), seenAt)
            : null;

    /// <summary>What to plan with: what this answer shows, or else what this process has seen last.</summary>
    /// <param name="serverTime">TikTok's clock when it answered.</param>
    public TimeSpan Seen(DateTimeOffset? serverTime) => serverTime - clock.GetUtcNow() ?? latest?.Skew ?? TimeSpan.Zero;

    /// <summary>Keeps what an answer shows where that is news; a clock that is right costs a row an hour.</summary>
    public async Task NoteAsync(DateTimeOffset? serverTime)
    {
        if (serverTime is not { } told)
            return;
        var (seen, now) = (told - clock.GetUtcNow(), clock.GetUtcNow());
        latest ??= await FindAsync();
        if (latest is null || latest.IsNews(seen, now))
            await SaveAsync(seen, now);
    }

    private async Task SaveAsync(TimeSpan seen, DateTimeOffset now)
    {
        await database.WriteAsync(async session =>
        {
            await session.RunAsync("update installation set clock_skew_ms = @skew, clock_seen_at = @now", new { skew = (long)seen.TotalMilliseconds, now });
            if (RenewalRule.IsWorrying(seen))
                await incidents.RaiseAsync(session, new Incident(Incident.ClockIsOff, null), null, now);
            else
                await incidents.EndAsync(session, Incident.ClockIsOff, now);
        });
        latest = new KnownSkew(seen, now);
        if (latest.IsWorrying)
            log.ClockIsOff(seen);
    }

    private sealed record Row
    {
        public long? ClockSkewMs { get; init; }
        public DateTimeOffset? ClockSeenAt { get; init; }
    }
}
