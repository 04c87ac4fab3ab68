using System.Net.Mail;

namespace Holdfast.People.Email;

/// <summary>What an e-mail address is, and how we write it.</summary>
public static class EmailRule
{
    private const int Longest = 254;

    public static bool IsAddress(string text) =>
        text.Trim() is { Length: > 0 and <= Longest } address && !address.Any(char.IsControl) && MailAddress.TryCreate(address, out var read) && read.Address == address;

    /// <summary>Lower case, in ASCII alone: folding other letters makes one address of two (the Kelvin sign is no k).</summary>
    public static string Normal(string address) => string.Concat(address.Trim().Select(c => char.IsAsciiLetterUpper(c) ? char.ToLowerInvariant(c) : c));
}
