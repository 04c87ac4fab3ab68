using System.Security.Cryptography;
using System.Text;

namespace Holdfast.People.SecondFactor;

/// <summary>How a recovery code looks: 16 letters and digits of 5 bits each, in groups of four.</summary>
public static class RecoveryCode
{
    private const int Letters = 16;

    // Crockford's: nothing that reads like something else.
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <param name="chance">One byte a letter.</param>
    internal static string From(ReadOnlySpan<byte> chance)
    {
        var text = new StringBuilder(Letters + 3);
        for (var at = 0; at < Letters; at++)
            text.Append(at is > 0 && at % 4 == 0 ? "-" : "").Append(Alphabet[chance[at] & 31]);
        return text.ToString();
    }

    /// <summary>What somebody typed, in the one way it is digested; <c>null</c> when it is no recovery code.</summary>
    public static string? Read(string typed)
    {
        var letters = typed.Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant).Select(letter => letter switch { 'o' => '0', 'i' or 'l' => '1', _ => letter }).ToArray();
        return letters.Length == Letters && letters.All(letter => Alphabet.Contains(letter, StringComparison.Ordinal)) ? new string(letters) : null;
    }

    internal static string Digest(string read) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(read)));
}
