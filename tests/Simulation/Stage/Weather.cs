namespace Holdfast.Simulation.Stage;

/// <summary>What goes wrong on the wire, and when: a background of single faults, and whole hours in which nothing answers.</summary>
internal sealed class Weather(Random chance, WorldSettings settings, Tally tally)
{
    private static readonly Fault[] Kinds = Enum.GetValues<Fault>()[1..];

    private static readonly Fault[] OfOutages = [Fault.Error500, Fault.Error502, Fault.Error503, Fault.Reset, Fault.DnsFailure, Fault.RequestLost];

    /// <summary>After these the Platform has acted and the caller does not know.</summary>
    public static bool LosesAnswer(Fault fault) => fault is Fault.AnswerLost or Fault.ResetMidAnswer or Fault.TruncatedJson;

    /// <summary>The kinds this world has.</summary>
    public static IEnumerable<Fault> Of(WorldSettings settings) => settings.FaultRate > 0 ? Kinds : [];

    /// <summary>People at their browsers see fair weather: the promise is about what happens while nobody looks.</summary>
    public bool Fair { get; set; }

    public Fault Next(Call call, DateTimeOffset now)
    {
        var fault = Choose(call, now);
        if (fault is not Fault.None)
            tally.Add(fault);
        return fault;
    }

    private Fault Choose(Call call, DateTimeOffset now)
    {
        if (Fair)
            return Fault.None;
        if (settings.IsOutage(now))
            return OfOutages[chance.Next(OfOutages.Length)];
        if (chance.NextDouble() >= settings.FaultRate)
            return Fault.None;
        var kind = Kinds[chance.Next(Kinds.Length)];
        if (kind is Fault.EmptyTokens && !call.IsToken)
            return Fault.ErrorBody200;
        // Under strict rotation a lost answer to a renewal is a lost grant, whoever waits for it (spec §2.9).
        return settings.Pairs is LostPairs.Spared && call.IsRenewal && LosesAnswer(kind) ? Fault.RequestLost : kind;
    }
}
