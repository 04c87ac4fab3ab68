using System.Net.Mail;

namespace Holdfast.People.Email;

/// <summary>What an e-mail address is, and how we write it.</summary>
public static class EmailRule
{
    private const int Longest = 254;

    public static bool IsAddress(string text) =>
        text.Trim() is { Length: > 0 and <= Longest } address && !address.Any(char.IsControl) && MailAddress.TryCreate(address, out var read) && read.Address == address;

    public static string Normal(string address) => address.Trim().ToLowerInvariant();
}
