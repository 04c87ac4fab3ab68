using Holdfast.Platform.Developers;
using Holdfast.Platform.Developers.Audit;
using Holdfast.Storage;

namespace Holdfast.Platform.Webhooks;

/// <summary>What a developer sees and does about an app's webhooks. Every statement says whose.</summary>
internal sealed class AppWebhooks(Database database, WebhookQueue queue, AppAudit audit, Ulids ulids, TimeProvider clock)
{
    /// <summary>Lines of one page of the log.</summary>
    public const int PageSize = 25;

    private const string Mine = $"app_id in ({AppAccess.MineOnly})";
    private const string NotHeard = "(state = 'dropped' or (state = 'waiting' and (tries > 0 or held_for is not null)))";

    // The number of attempts the page has seen decides: a second press of the same button finds another one, or an attempt under way.
    private const string Again = $"""
        update webhook_delivery set state = 'waiting', held_for = null, tries = 0, next_step_at = @now, give_up_at = @giveUp
        where id = @deliveryId and {Mine} and attempts = @attempts and (lease_until is null or lease_until <= @leaseNow) and (state <> 'waiting' or tries > 0 or held_for is not null)
        """;

    public Task<string?> AddressAsync(string personId, string id, CancellationToken aborted) => database.ReadAsync(session =>
        session.FirstAsync<string>($"select webhook_url from app where id in ({AppAccess.MineOnly})", new { personId, id }), aborted);

    /// <param name="address">Checked before; <c>null</c> for no webhooks.</param>
    public Task SetAddressAsync(string personId, string id, string? address, CancellationToken aborted) => database.WriteAsync(async session =>
    {
        var chain = await session.FirstAsync<string>($"""
            update app set webhook_url = @address where id in ({AppAccess.MineOnly}) and coalesce(webhook_url, '') <> coalesce(cast(@address as text), '') returning coalesce(sandbox_of, id)
            """, new { personId, id, address });
        if (chain is not null)
            await audit.AddAsync(session, chain, AuditKind.CallbackChanged, personId, detail: address ?? "–");
    }, aborted);

    /// <summary>The log, newest first, and one line more than a page where there are more.</summary>
    /// <param name="before">Only what is older than this event.</param>
    public Task<IReadOnlyList<DeliveryLine>> ListAsync(string personId, string id, bool notHeardOnly, string? before, CancellationToken aborted) => database.ReadAsync(session =>
        session.ListAsync<DeliveryLine>($"""
            select webhook_delivery.*, last.at as last_at, last.status as last_status, last.failure as last_failure, last.took_ms as last_took_ms
            from webhook_delivery left join webhook_attempt last on last.delivery_id = webhook_delivery.id and last.number = webhook_delivery.attempts
            where {Mine} and (@before = '' or webhook_delivery.id < @before) {(notHeardOnly ? "and " + NotHeard : "")}
            order by webhook_delivery.id desc limit @most
            """, new { personId, id, before = before ?? "", most = PageSize + 1 }), aborted);

    /// <summary>One event with its attempts, the last one first; <c>null</c> when it is not there for this person.</summary>
    public Task<DeliveryDetail?> FindAsync(string personId, string id, string deliveryId, CancellationToken aborted) => database.ReadAsync(async session =>
        await session.FirstAsync<Delivery>($"select * from webhook_delivery where id = @deliveryId and {Mine}", new { personId, id, deliveryId }) is { } delivery
            ? new DeliveryDetail(delivery, await session.ListAsync<Attempt>("select * from webhook_attempt where delivery_id = @deliveryId order by number desc limit 100", new { deliveryId }))
            : null, aborted);

    /// <summary>Sends an event once more, for another 72 hours if need be. Pressing twice sends once.</summary>
    /// <param name="attempts">How many attempts the page showed.</param>
    public Task<bool> SendAgainAsync(string personId, string id, string deliveryId, long attempts, CancellationToken aborted) => database.WriteAsync(async session =>
    {
        var now = clock.GetUtcNow();
        var asked = await session.RunAsync(Again, new { personId, id, deliveryId, attempts, now, leaseNow = await session.LeaseNowAsync(), giveUp = now + WebhookQueue.TriesFor }) == 1;
        if (asked)
            session.Signal(WebhookQueue.Topic);
        return asked;
    }, aborted);

    /// <summary>An id for the next test, so that its button makes one event.</summary>
    public string NextTestId() => ulids.Next();

    public Task SendTestAsync(string personId, string id, string name, string testId, CancellationToken aborted) => database.WriteAsync(async session =>
    {
        if (TestEvents.All.TryGetValue(name, out var content) && await AppAccess.MayActAsync(session, personId, id))
            await queue.AddTestAsync(session, new WebhookEvent(id, TestEvents.OpenId, name, content), testId);
    }, aborted);
}

/// <summary>A line of the log: an event and its last attempt.</summary>
public sealed record DeliveryLine
{
    public string Id { get; init; } = "";
    public string Event { get; init; } = "";
    public bool IsTest { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DeliveryState State { get; init; }
    public HoldCause? HeldFor { get; init; }
    public long Attempts { get; init; }
    public long Tries { get; init; }
    public DateTimeOffset? NextStepAt { get; init; }

    /// <summary><c>null</c> before the first attempt.</summary>
    public DateTimeOffset? LastAt { get; init; }

    public long? LastStatus { get; init; }
    public string? LastFailure { get; init; }
    public long? LastTookMs { get; init; }
}

/// <summary>An event and its attempts, the last one first.</summary>
public sealed record DeliveryDetail(Delivery Delivery, IReadOnlyList<Attempt> Attempts);
