using Holdfast.Simulation.Stage;

namespace Holdfast.Simulation;

/// <summary>What the people of a world know and will do, and what was counted: all that a checkpoint must keep beside the databases.</summary>
internal sealed class Life
{
    public string WorkspaceId { get; set; } = "";

    public string MemberId { get; set; } = "";

    public string AppId { get; set; } = "";

    public List<Creator> Creators { get; init; } = [];

    /// <summary>What is still to come.</summary>
    public List<Deed> Deeds { get; init; } = [];

    public SortedDictionary<string, long> Counts { get; init; } = new(StringComparer.Ordinal);

    public Dictionary<string, List<string>> Tokens { get; set; } = [];

    public List<Telling> Tellings { get; init; } = [];

    public List<string> Broken { get; init; } = [];

    public double Seconds { get; set; }

    public double CpuSeconds { get; set; }

    public void Do(DateTimeOffset at, DeedKind kind, int creator, int signIn = 0) => Deeds.Add(new Deed(at, kind, creator, signIn));

    /// <summary>The next deed, out of the list, when it is due by <paramref name="now"/>.</summary>
    public Deed? Take(DateTimeOffset now)
    {
        if (Deeds.Count == 0 || Deeds.MinBy(deed => deed.At) is not { } next || next.At > now)
            return null;
        Deeds.Remove(next);
        return next;
    }

    public DateTimeOffset? NextAt => Deeds.Count == 0 ? null : Deeds.Min(deed => deed.At);

    /// <summary>Adds what one world has seen since it began; it is not asked again.</summary>
    public void Learn(World world)
    {
        foreach (var (name, count) in world.Tally.Counts)
            Add(name, count);
        Add("renewals", world.Ledger.Renewals);
        Add("pairs lost", world.Ledger.PairsLost);
        Add("trace lines", world.Trace.Lines);
        Broken.AddRange(world.Trace.Violations);
        Broken.AddRange(world.Pump.Failures.Select(failure => "a worker failed: " + failure));
        Tokens = world.Ledger.Tokens;
        Tellings.AddRange(world.PostOffice.Tellings);
        foreach (var creator in Creators)
            creator.Refusals.AddRange(world.Ledger.RefusalsOf(creator.Account));
    }

    public long Count(string name) => Counts.GetValueOrDefault(name);

    private void Add(string name, long more) => Counts[name] = Count(name) + more;
}
