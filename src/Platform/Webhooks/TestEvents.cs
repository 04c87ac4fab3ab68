namespace Holdfast.Platform.Webhooks;

/// <summary>The events of §6.3 that a developer can have sent as a test, with content of their shape about nobody.</summary>
internal static class TestEvents
{
    /// <summary>An account that does not exist.</summary>
    public const string OpenId = "-000TestEventFromThePortal0000000000";

    private const string PublishId = "v_pub_file~v2-1.7000000000000000001";
    private const string PostId = "7000000000000000002";

    public static IReadOnlyDictionary<string, object> All { get; } = new Dictionary<string, object>
    {
        ["authorization.removed"] = new { reason = 1 },
        ["post.publish.complete"] = new { publish_id = PublishId, publish_type = "DIRECT_PUBLISH" },
        ["post.publish.failed"] = new { publish_id = PublishId, reason = "internal", publish_type = "DIRECT_PUBLISH" },
        ["post.publish.inbox_delivered"] = new { publish_id = PublishId, publish_type = "INBOX_SHARE" },
        ["post.publish.publicly_available"] = new { publish_id = PublishId, publish_type = "DIRECT_PUBLISH", post_id = PostId },
        // TikTok's own spelling, in this name only.
        ["post.publish.no_longer_publicaly_available"] = new { publish_id = PublishId, publish_type = "DIRECT_PUBLISH", post_id = PostId },
    };
}
