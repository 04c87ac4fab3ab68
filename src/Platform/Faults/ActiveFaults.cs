namespace Holdfast.Platform.Faults;

/// <summary>What this node knows of the faults: a look costs no statement. <see cref="Overrides.HearConsole"/> keeps it true; without the console it stays empty.</summary>
internal sealed class ActiveFaults
{
    private Fault[] known = [];

    public bool AreNone => Volatile.Read(ref known).Length == 0;

    public IReadOnlyList<Fault> All => Volatile.Read(ref known);

    public void Know(IEnumerable<Fault> faults) => Volatile.Write(ref known, [.. faults]);
}
