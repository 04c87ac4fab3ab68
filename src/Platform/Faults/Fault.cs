namespace Holdfast.Platform.Faults;

/// <summary>One thing that goes wrong: where, for whom, how often or how long.</summary>
public sealed record Fault
{
    public string Id { get; init; } = "";

    /// <summary>The weather it belongs to; <c>null</c> for one that somebody set.</summary>
    public string? Story { get; init; }

    /// <summary>An endpoint of <see cref="Api.ApiPlace"/> or a group of <see cref="FaultPlace"/>.</summary>
    public string Place { get; init; } = "";

    /// <summary>Only this app's calls.</summary>
    public string? AppId { get; init; }
    public string? AppName { get; init; }

    /// <summary>Only this account's calls.</summary>
    public string? PersonId { get; init; }
    public string? UserName { get; init; }
    public FaultKind Kind { get; init; }
    public long Status { get; init; }

    /// <summary>Several, with commas between them, are used in turn.</summary>
    public string Code { get; init; } = "";
    public string Message { get; init; } = "";
    public long? RetryAfterSeconds { get; init; }
    public long DelayMs { get; init; }

    /// <summary>Uses that are left; <c>null</c> for any number.</summary>
    public long? Remaining { get; init; }
    public DateTimeOffset? EndsAt { get; init; }
    public long Used { get; init; }
    public DateTimeOffset? LastUsedAt { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    public TimeSpan Delay => TimeSpan.FromMilliseconds(DelayMs);

    /// <summary>Who calls has to be found out first.</summary>
    public bool AsksWho => AppId is not null || PersonId is not null || FaultPlace.AsksWhat(Place);

    /// <param name="turn">The how manieth use this is, from 1.</param>
    public string CodeAt(long turn) => Code.Split(',') is { Length: > 1 } codes ? codes[(turn - 1) % codes.Length].Trim() : Code;
}
