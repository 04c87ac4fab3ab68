namespace Holdfast.Simulation;

/// <summary>One account of the simulation: who it is at both ends, and how it went.</summary>
internal sealed class Creator
{
    public required int Number { get; init; }

    public required string Name { get; init; }

    public required string PersonId { get; init; }

    public string ConnectionId { get; set; } = "";

    /// <summary>Its <c>open_id</c>.</summary>
    public string Account { get; set; } = "";

    /// <summary>Each sign-in's instant.</summary>
    public List<DateTimeOffset> SignedInAt { get; init; } = [];

    public int Posts { get; set; }

    /// <summary>Each span in which only the person could bring it back, with the reason. Each must be told once, and nothing else may be.</summary>
    public List<Absence> Absences { get; init; } = [];

    /// <summary>When the Platform refused its refresh token, up to the last checkpoint.</summary>
    public List<DateTimeOffset> Refusals { get; init; } = [];

    public bool IsAway => Absences is [.., { Back: null }];

    public bool WasAway(DateTimeOffset at, TimeSpan slack) => Absences.Any(absence => at > absence.From - slack && (absence.Back is not { } back || at < back + slack));
}

/// <summary>Why an account needs its person.</summary>
internal enum Why
{
    /// <summary>The person took the access away at the Platform.</summary>
    Removed,

    /// <summary>The refresh token reached its end, and renewing does not move that.</summary>
    TokenEnded,

    /// <summary>The world destroyed the only copy of a new pair.</summary>
    PairLost,
}

internal sealed class Absence
{
    public required DateTimeOffset From { get; init; }

    public required Why Why { get; init; }

    public DateTimeOffset? Back { get; set; }

    /// <summary>A pair that turned up before anybody needed to know: whether it was told of is a matter of minutes.</summary>
    public bool IsShort => Why is Why.PairLost && Back - From < TimeSpan.FromHours(1);
}
