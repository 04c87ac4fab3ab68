namespace Holdfast.Platform.Webhooks;

/// <summary>Something an app should hear about.</summary>
/// <param name="OpenId">The account; <c>null</c> for events about none.</param>
/// <param name="Name">As in §6.3, for example <c>authorization.removed</c>.</param>
/// <param name="Content">An object whose members are written as they are named: <c>new { publish_id = "…" }</c>.</param>
internal sealed record WebhookEvent(string AppId, string? OpenId, string Name, object Content);
