namespace Holdfast.Simulation;

/// <summary>One account of the month: who it is at both ends, and what is planned for it.</summary>
internal sealed class Creator
{
    public required string Name { get; init; }

    public required string PersonId { get; init; }

    public string ConnectionId { get; set; } = "";

    /// <summary>When the person takes the access away at the Platform, and signs in again; null: never.</summary>
    public DateTimeOffset? RemovedAt { get; init; }

    public DateTimeOffset? SignsInAgainAt { get; init; }

    /// <summary>Captions of everything planned for this account, with the due instant.</summary>
    public List<(string Caption, DateTimeOffset DueAt)> Posts { get; } = [];
}
