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

    /// <summary>What to plan with: what an answer has just shown, or else what this process has seen last.</summary>
    public TimeSpan Known(TimeSpan? shown) => shown ?? latest?.Skew ?? TimeSpan.Zero;

    /// <summary>Keeps what an answer has shown where that is news; a clock that is right costs a row an hour.</summary>
    /// <param name="shown">TikTok's clock against ours, measured when the answer came: saving it may have taken minutes.</param>
    public async Task NoteAsync(TimeSpan? shown)
    {
        if (shown is not { } seen)
            return;
        var now = clock.GetUtcNow();
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
