using Holdfast.Domain.Connections;

namespace Holdfast.Domain.Trouble;

/// <summary>A connection and what is known about its end.</summary>
public sealed record AccountFacts
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required ConnectionState State { get; init; }
    public DateTimeOffset Since { get; init; }
    public string? LogId { get; init; }
    public DateTimeOffset AccessEndsAt { get; init; }
    public DateTimeOffset? RefreshEndsAt { get; init; }
    public DateTimeOffset? RenewAt { get; init; }

    /// <summary>Renewals without an answer since the last one that worked.</summary>
    public int Failures { get; init; }

    public TokenProbe Probe { get; init; }

    /// <summary>The latest time in which access had run out before it was renewed.</summary>
    public (DateTimeOffset From, DateTimeOffset To)? Gap { get; init; }
}

/// <summary>What TikTok says to the last access token of an account whose renewal it refused.</summary>
public enum TokenProbe
{
    /// <summary>Not asked, no usable answer, or past its own end.</summary>
    Unknown,

    /// <summary>It still works, so the grant lives and only our refresh token was used up.</summary>
    Works,

    /// <summary>It died with the refresh token: the grant is gone.</summary>
    Refused,
}
