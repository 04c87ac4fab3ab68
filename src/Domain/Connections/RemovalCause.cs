namespace Holdfast.Domain.Connections;

/// <summary><c>reason</c> of the webhook <c>authorization.removed</c>, with TikTok's numbers.</summary>
public enum RemovalCause
{
    Unknown = 0,
    ByUser = 1,
    AccountDeleted = 2,
    AgeChanged = 3,
    AccountBanned = 4,
    ByApp = 5,
}
