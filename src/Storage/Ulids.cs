using System.Security.Cryptography;

namespace Holdfast.Storage;

/// <summary>Row ids: lower-case ULIDs, 26 characters, ordered by the injected clock.</summary>
public sealed class Ulids(TimeProvider clock, ISecretSource chance)
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>Whether <paramref name="text"/> has the form of one.</summary>
    public static bool IsOne(string? text) => text is { Length: 26 } && text[0] <= '7' && text.All(letter => Alphabet.Contains(letter, StringComparison.Ordinal));

    /// <summary>A new id. Not a secret: it tells when it was made.</summary>
    public string Next()
    {
        var value = (UInt128)(ulong)clock.GetUtcNow().ToUnixTimeMilliseconds() << 80;
        foreach (var octet in chance.Bytes(10).Index())
            value |= (UInt128)octet.Item << (8 * octet.Index);

        return string.Create(26, value, static (text, rest) =>
        {
            for (var at = 25; at >= 0; at--, rest >>= 5)
                text[at] = Alphabet[(int)(rest & 31)];
        });
    }
}

/// <summary>Where keys, tokens and ids take their chance from; the simulation seeds its own.</summary>
public interface ISecretSource
{
    /// <summary>Fresh unpredictable bytes.</summary>
    byte[] Bytes(int count);
}

/// <summary>The operating system's generator.</summary>
public sealed class SystemSecrets : ISecretSource
{
    public byte[] Bytes(int count) => RandomNumberGenerator.GetBytes(count);
}
