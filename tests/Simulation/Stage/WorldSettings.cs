namespace Holdfast.Simulation.Stage;

/// <summary>What kind of world it is.</summary>
internal sealed record WorldSettings(int Seed)
{
    public int Days { get; init; } = 30;

    public int Accounts { get; init; } = 20;

    /// <summary>Accounts are connected within this time from the beginning.</summary>
    public TimeSpan ConnectedWithin { get; init; } = TimeSpan.FromHours(6);

    /// <summary>Posts of an account a month.</summary>
    public double PostsAMonth { get; init; } = 30;

    public Dialect Dialect { get; init; } = Dialect.Default;

    public LostPairs Pairs { get; init; } = LostPairs.Spared;

    public int Nodes { get; init; } = 2;

    /// <summary>Share of calls that go wrong in ordinary weather.</summary>
    public double FaultRate { get; init; } = 0.04;

    /// <summary>Chance of a power cut at each passage through a node's door to its database or to the wire.</summary>
    public double CrashRate { get; init; } = 0.0004;

    /// <summary>Mean time between two troubles of one kind; null: none.</summary>
    public TimeSpan? TroubleEvery { get; init; } = TimeSpan.FromDays(2);

    /// <summary>Removals are found by the next renewal or post anyway.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromHours(12);

    /// <summary>What both programs log; every line is read for secrets.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>Hours in which nothing answers.</summary>
    public IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> Outages { get; init; } = [];

    public DateTimeOffset End => World.Begin.AddDays(Days);

    public bool IsOutage(DateTimeOffset at)
    {
        foreach (var (from, to) in Outages)
        {
            if (at >= from && at < to)
                return true;
        }
        return false;
    }
}
