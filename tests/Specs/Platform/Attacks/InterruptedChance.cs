using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Attacks;

/// <summary>Real chance, and a moment between two lines: a code is drawn when everything was looked at and nothing is written down yet.</summary>
internal sealed class InterruptedChance : ISecretSource
{
    private const int OfACode = 2; // its four digits; nothing else takes two bytes

    private readonly SystemSecrets real = new();

    /// <summary>What happens before the next code is drawn; <c>null</c> once it has happened.</summary>
    public Func<Task>? BeforeCode { get; set; }

    public byte[] Bytes(int count)
    {
        if (count == OfACode && BeforeCode is { } happen)
        {
            BeforeCode = null;
            happen().GetAwaiter().GetResult();
        }
        return real.Bytes(count);
    }
}
