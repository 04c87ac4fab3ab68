using Holdfast.Storage;

namespace Holdfast.Platform.Webhooks;

/// <summary>Takes events for apps that listen, in the transaction in which they happen.</summary>
internal sealed class WebhookQueue(Ulids ulids, TimeProvider clock)
{
    /// <summary>The signal that something is to be delivered.</summary>
    public const string Topic = "webhooks";

    /// <summary>How long an event is tried (§6.1).</summary>
    public static readonly TimeSpan TriesFor = TimeSpan.FromHours(72);

    private const string Insert = """
        insert into webhook_delivery (id, app_id, event, body, is_test, created_at, state, next_step_at, give_up_at)
        values (@id, @AppId, @Name, @body, @isTest, @now, 'waiting', @now, @giveUp)
        on conflict (id) do nothing
        """;

    /// <summary>Queues an event; one for an app that has no callback address is not kept.</summary>
    public Task AddAsync(Session session, WebhookEvent what) => AddAsync(session, what, ulids.Next(), isTest: false);

    /// <summary>Queues a test: one attempt, and one event however often its button is pressed.</summary>
    /// <param name="id">The event's id, as the page with the button was made with it.</param>
    public Task AddTestAsync(Session session, WebhookEvent what, string id) => AddAsync(session, what, id, isTest: true);

    private async Task AddAsync(Session session, WebhookEvent what, string id, bool isTest)
    {
        if (await session.FirstAsync<string>("select client_key from app where id = @AppId and webhook_url is not null", new { what.AppId }) is not { } clientKey)
            return;
        var now = clock.GetUtcNow();
        await session.RunAsync(Insert, new { id, what.AppId, what.Name, body = WebhookBody.Write(clientKey, what, now), isTest, now, giveUp = isTest ? now : now + TriesFor });
        session.Signal(Topic);
    }
}
