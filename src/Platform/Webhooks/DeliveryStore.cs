using System.Globalization;
using Holdfast.Storage;

namespace Holdfast.Platform.Webhooks;

/// <summary>Events on their way out. A claim is one statement, and what came of an attempt counts only under the fence it was made with.</summary>
internal sealed class DeliveryStore(Database database, TimeProvider clock)
{
    /// <summary>Attempts of one app at a time, on all nodes together.</summary>
    public const int PerApp = 2;

    /// <summary>Of all attempts at a time, those that were tried in vain before: so that there is always a hand for what is new.</summary>
    public const int Again = 6;

    /// <summary>Longer than any attempt.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    private const string IsDue = "next_step_at <= @now and (lease_until is null or lease_until <= @leaseNow)";

    private const string Claim = """
        update webhook_delivery set lease_until = @lease, fence = fence + 1
        where id = (
          select id from webhook_delivery
          where next_step_at <= @now and (lease_until is null or lease_until <= @leaseNow)
            and app_id not in (select app_id from webhook_delivery where lease_until > @leaseNow group by app_id having count(*) >= @perApp)
            and (tries = 0 or (select count(*) from webhook_delivery where lease_until > @leaseNow and tries > 0) < @again)
          order by next_step_at limit 1 {0})
        returning *
        """;

    /// <summary>Takes one due event under a fresh fence; <c>null</c> when none is due or its app is busy enough.</summary>
    public async Task<Delivery?> ClaimDueAsync(CancellationToken stopping)
    {
        // Idle workers only read.
        if (await database.ReadAsync(async session => await session.FirstAsync<string>($"select id from webhook_delivery where {IsDue} limit 1", new { now = clock.GetUtcNow(), leaseNow = await session.LeaseNowAsync() }), stopping) is null)
            return null;
        return await database.WriteAsync(async session =>
        {
            // What is at work is counted: two claims at once would both see the last place free.
            await session.OneAtATimeAsync("webhooks");
            var leaseNow = await session.LeaseNowAsync();
            return await session.FirstAsync<Delivery>(string.Format(CultureInfo.InvariantCulture, Claim, session.SkipLocked), new { now = clock.GetUtcNow(), leaseNow, lease = leaseNow + Lease, perApp = PerApp, again = Again });
        }, stopping);
    }

    /// <summary>Writes an attempt down and what follows from it; false when somebody else has the event now.</summary>
    /// <param name="next">The next attempt; <c>null</c> when the event was heard or is given up.</param>
    public Task<bool> SaveAsync(Delivery claimed, Attempt attempt, DeliveryState state, DateTimeOffset? next) => database.WriteAsync(async session =>
    {
        var mine = await session.RunAsync("""
            update webhook_delivery set state = @state, held_for = null, attempts = attempts + 1, tries = tries + 1, next_step_at = cast(@next as bigint), lease_until = null
            where id = @Id and fence = @Fence
            """, new { claimed.Id, claimed.Fence, state = state.ToString().ToLowerInvariant(), next }) == 1;
        if (!mine)
            return false;
        await session.RunAsync("""
            insert into webhook_attempt (delivery_id, number, at, took_ms, url, status, failure, excerpt)
            values (@DeliveryId, @Number, @At, @TookMs, @Url, @Status, @Failure, @Excerpt)
            """, attempt);
        return true;
    });

    /// <summary>Sends nothing and looks again later; after its 72 hours a held event is dropped like any other.</summary>
    public Task HoldAsync(Delivery claimed, HoldCause cause, DateTimeOffset next) => database.WriteAsync(session => session.RunAsync("""
        update webhook_delivery set held_for = @cause, lease_until = null,
          state = case when give_up_at < @next then 'dropped' else state end,
          next_step_at = case when give_up_at < @next then null else cast(@next as bigint) end
        where id = @Id and fence = @Fence
        """, new { claimed.Id, claimed.Fence, cause = cause.ToString().ToLowerInvariant(), next }));
}
