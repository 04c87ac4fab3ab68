namespace Holdfast.Domain.Posts;

/// <summary>What the shell knows when a post is due or a fact arrives.</summary>
/// <param name="Blocked">Why the account cannot post now (its connection, or an incident of the app); null when it can.</param>
/// <param name="SlotFreeAt">When the account's quota frees the next slot, as far as we have counted.</param>
public sealed record PostContext(DateTimeOffset Now, LateRule Late, HoldReason? Blocked = null, DateTimeOffset? SlotFreeAt = null);
