using System.Text;

namespace Holdfast.TikTok.Webhooks;

/// <summary>Why an authorization ended (tiktok-v2 §6.3).</summary>
public enum RemovalReason
{
    /// <summary>Not told, or a number this library does not know.</summary>
    Unknown = 0,

    /// <summary>The person disconnected the app.</summary>
    UserDisconnected = 1,

    /// <summary>The account was deleted.</summary>
    AccountDeleted = 2,

    /// <summary>The account's age changed.</summary>
    AgeChanged = 3,

    /// <summary>The account was banned.</summary>
    AccountBanned = 4,

    /// <summary>The app itself revoked it.</summary>
    DeveloperRevoked = 5,
}

/// <summary>What a notification tells (tiktok-v2 §6.3).</summary>
public abstract record WebhookContent
{
    private WebhookContent() { }

    /// <summary>The app lost its access; the tokens are already dead.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record AuthorizationRemoved(RemovalReason Reason) : WebhookContent;

    /// <summary>A post will not appear.</summary>
    /// <param name="PublishId">The post.</param>
    /// <param name="Reason">A fail reason of §5.7; empty when not told.</param>
    public sealed record PostFailed(string PublishId, string Reason) : WebhookContent;

    /// <summary>A post is done. May come several times for a draft.</summary>
    /// <param name="PublishId">The post.</param>
    public sealed record PostCompleted(string PublishId) : WebhookContent;

    /// <summary>A draft reached the creator's inbox.</summary>
    /// <param name="PublishId">The post.</param>
    public sealed record InboxDelivered(string PublishId) : WebhookContent;

    /// <summary>A post can be seen by everybody.</summary>
    /// <param name="PublishId">The post.</param>
    /// <param name="PostId">Id of the public post.</param>
    public sealed record PubliclyAvailable(string PublishId, long PostId) : WebhookContent;

    /// <summary>A post can no longer be seen by everybody.</summary>
    /// <param name="PublishId">The post.</param>
    /// <param name="PostId">Id of the post.</param>
    public sealed record NoLongerPubliclyAvailable(string PublishId, long PostId) : WebhookContent;

    /// <summary>An event this library does not know, or one whose content lacks what it needs.</summary>
    public sealed record Other : WebhookContent;

    internal static WebhookContent Read(string name, string raw)
    {
        if (Json.Object(Encoding.UTF8.GetBytes(raw)) is not { } content)
        {
            // The name alone is signed and says it all.
            return name == "authorization.removed" ? new AuthorizationRemoved(RemovalReason.Unknown) : new Other();
        }

        var publishId = content.Text("publish_id");
        var postId = content.Integer("post_id");
        return (name, publishId, postId) switch
        {
            ("authorization.removed", _, _) => new AuthorizationRemoved(content.Integer("reason") is >= 1 and <= 5 and { } reason ? (RemovalReason)reason : RemovalReason.Unknown),
            ("post.publish.failed", { } id, _) => new PostFailed(id, Json.Printable(content.Text("reason"))),
            ("post.publish.complete", { } id, _) => new PostCompleted(id),
            ("post.publish.inbox_delivered", { } id, _) => new InboxDelivered(id),
            ("post.publish.publicly_available", { } id, { } post) => new PubliclyAvailable(id, post),
            // TikTok's own spelling, in this name only.
            ("post.publish.no_longer_publicaly_available", { } id, { } post) => new NoLongerPubliclyAvailable(id, post),
            _ => new Other(),
        };
    }
}
