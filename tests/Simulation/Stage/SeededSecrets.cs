using Holdfast.Storage;

namespace Holdfast.Simulation.Stage;

/// <summary>Chance that is the same in every run of one seed.</summary>
internal sealed class SeededSecrets(int seed) : ISecretSource
{
    private readonly Random chance = new(seed);

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        chance.NextBytes(bytes);
        return bytes;
    }
}
