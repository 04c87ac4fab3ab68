using Holdfast.Storage;

namespace Holdfast.Platform.Webhooks;

/// <summary>Takes events for apps that listen, in the transaction in which they happen.</summary>
internal sealed class WebhookQueue(Ulids ulids, TimeProvider clock)
{
    /// <summary>The signal that something is to be delivered.</summary>
    public const string Topic = "webhooks";

    /// <summary>How long an event is tried (§6.1).</summary>
    public static readonly TimeSpan TriesFor = TimeSpan.FromHours(72);

    private const string Add = """
        insert into webhook_delivery (id, app_id, event, body, is_test, created_at, state, next_step_at, give_up_at)
        values (@id, @AppId, @Name, @body, @isTest, @now, 'waiting', @now, @giveUp)
        """;

    /// <summary>Queues an event; one for an app that has no callback address is not kept.</summary>
    public async Task AddAsync(Session session, WebhookEvent what, bool isTest = false)
    {
        if (await session.FirstAsync<string>("select client_key from app where id = @AppId and webhook_url is not null", new { what.AppId }) is not { } clientKey)
            return;
        var now = clock.GetUtcNow();
        await session.RunAsync(Add, new { id = ulids.Next(), what.AppId, what.Name, body = WebhookBody.Write(clientKey, what, now), isTest, now, giveUp = now + TriesFor });
        session.Signal(Topic);
    }
}
