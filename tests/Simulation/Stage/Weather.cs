namespace Holdfast.Simulation.Stage;

/// <summary>What goes wrong on the wire, and when: a background of single faults, and whole hours in which nothing answers.</summary>
internal sealed class Weather(Random chance, double faultRate, IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> outages, bool mayLoseRenewalAnswers)
{
    private static readonly Fault[] Kinds = [Fault.Slow, Fault.RequestLost, Fault.AnswerLost, Fault.Reset, Fault.Error500, Fault.Error503, Fault.Busy429, Fault.Html200];

    private readonly Dictionary<Fault, int> fired = [];

    /// <summary>How often each fault happened; a kind that never did has tested nothing.</summary>
    public IReadOnlyDictionary<Fault, int> Fired => fired;

    public static IEnumerable<Fault> All => Kinds;

    /// <summary>People at their browsers see fair weather: the promise is about what happens while nobody looks.</summary>
    public bool Fair { get; set; }

    public Fault Next(Call call, DateTimeOffset now)
    {
        var fault = Choose(call, now);
        if (fault is not Fault.None)
            fired[fault] = fired.GetValueOrDefault(fault) + 1;
        return fault;
    }

    private Fault Choose(Call call, DateTimeOffset now)
    {
        if (Fair)
            return Fault.None;
        if (outages.Any(outage => now >= outage.From && now < outage.To))
            return chance.Next(3) switch { 0 => Fault.Error500, 1 => Fault.Error503, _ => Fault.Reset };
        if (chance.NextDouble() >= faultRate)
            return Fault.None;
        var kind = Kinds[chance.Next(Kinds.Length)];
        // Under strict rotation a lost answer to a renewal is a lost grant, whoever waits for it (spec §2.9).
        return kind is Fault.AnswerLost && call.IsRenewal && !mayLoseRenewalAnswers ? Fault.RequestLost : kind;
    }
}
