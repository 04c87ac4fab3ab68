namespace Holdfast.Simulation.Stage;

/// <summary>How often each thing that can go wrong did. What never happened has tested nothing.</summary>
internal sealed class Tally
{
    private readonly SortedDictionary<string, long> counts = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, long> Counts => counts;

    public long this[Enum what] => counts.GetValueOrDefault(Name(what));

    public void Add(Enum what) => Add(Name(what), 1);

    public void Add(string name, long more) => counts[name] = counts.GetValueOrDefault(name) + more;

    public static string Name(Enum what) => $"{what.GetType().Name} {what}";
}
