namespace Holdfast.Platform.Developers.Audit;

/// <summary>One row of the log.</summary>
public sealed record AuditEntry
{
    public string Chain { get; init; } = "";

    /// <summary>From 1, without gaps.</summary>
    public long Number { get; init; }

    public string Kind { get; init; } = "";

    /// <summary>Who did it; <c>null</c> where the Platform did.</summary>
    public string? ActorId { get; init; }

    /// <summary>Whom it was done to.</summary>
    public string? SubjectId { get; init; }

    /// <summary>Facts on one line, never a secret.</summary>
    public string Detail { get; init; } = "";

    public DateTimeOffset At { get; init; }
    public byte[] PreviousHash { get; init; } = [];
    public byte[] Hash { get; init; } = [];

    /// <summary>The user name as it is now; <c>null</c> when that account is gone.</summary>
    public string? ActorName { get; init; }

    /// <inheritdoc cref="ActorName"/>
    public string? SubjectName { get; init; }
}
