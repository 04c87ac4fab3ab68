using Holdfast.Platform.Webhooks;
using Holdfast.Storage;

namespace Holdfast.Platform.Posting;

/// <summary>What an app hears about its posts (§6.3), in the transaction in which it happens. An app whose access was removed hears nothing any more.</summary>
internal sealed class PostEvents(WebhookQueue webhooks)
{
    private const string OpenId = "select open_id from consent where app_id = @AppId and person_id = @CreatorId and ended_at is null";

    public Task FailedAsync(Session session, Upload upload, string reason) =>
        AddAsync(session, upload, "post.publish.failed", new { publish_id = upload.PublishId, reason, publish_type = Type(upload) });

    public Task DeliveredAsync(Session session, Upload upload) =>
        AddAsync(session, upload, "post.publish.inbox_delivered", new { publish_id = upload.PublishId, publish_type = Type(upload) });

    public Task CompleteAsync(Session session, Upload upload) =>
        AddAsync(session, upload, "post.publish.complete", new { publish_id = upload.PublishId, publish_type = Type(upload) });

    /// <summary>A post became public, or ceased to be; the second name is misspelt on the wire, the first is not.</summary>
    public Task PublicAsync(Session session, Upload upload, bool isPublic) => AddAsync(
        session, upload, isPublic ? "post.publish.publicly_available" : "post.publish.no_longer_publicaly_available",
        new { publish_id = upload.PublishId, publish_type = Type(upload), post_id = upload.VideoId });

    private async Task AddAsync(Session session, Upload upload, string name, object content)
    {
        if (await session.FirstAsync<string>(OpenId, new { upload.AppId, upload.CreatorId }) is { } openId)
            await webhooks.AddAsync(session, new WebhookEvent(upload.AppId, openId, name, content));
    }

    private static string Type(Upload upload) => upload.Goal == PostGoal.Inbox ? "INBOX_SHARE" : "DIRECT_PUBLISH";
}
