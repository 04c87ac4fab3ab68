namespace Holdfast.Studio.Accounts.Links;

/// <summary>An invitation for a person without a seat to sign one account in: one slot, so many days.</summary>
public sealed record ClientLink
{
    public string Id { get; init; } = "";
    public string WorkspaceId { get; init; } = "";

    /// <summary>The one account that may sign in by it; <c>null</c> until the first has.</summary>
    public string? ConnectionId { get; init; }

    /// <summary>The member chose the account when making it, so its name is no news to who holds it.</summary>
    public bool IsRenewal { get; init; }

    /// <summary>Whom it is for, in the member's words.</summary>
    public string Note { get; init; } = "";

    /// <summary>The member on whose word it works; it ends with their membership.</summary>
    public string MadeBy { get; init; } = "";
    public DateTimeOffset MadeAt { get; init; }
    public DateTimeOffset EndsAt { get; init; }
    public DateTimeOffset? RevokedAt { get; init; }
    public long Uses { get; init; }

    /// <summary>When somebody last signed in by it.</summary>
    public DateTimeOffset? UsedAt { get; init; }

    /// <summary>The member's name.</summary>
    public string? MadeByName { get; init; }

    public string? WorkspaceName { get; init; }

    /// <summary>The account in its slot.</summary>
    public string? AccountName { get; init; }

    public string? AccountUser { get; init; }

    /// <summary>What people call that account.</summary>
    public string? Account => AccountName is { Length: > 0 } ? AccountName : AccountUser is { Length: > 0 } ? $"@{AccountUser}" : null;

    public bool IsLive(DateTimeOffset now) => RevokedAt is null && now < EndsAt;
}
