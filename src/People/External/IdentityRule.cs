using System.Net.Mail;
using System.Text.Json;
using Holdfast.People.Email;
using Holdfast.Shell.Language;

namespace Holdfast.People.External;

/// <summary>Reads who somebody is from what a provider answered.</summary>
internal static class IdentityRule
{
    private const int LongestSubject = 255; // OpenID Connect Core §2
    private const int LongestEmail = 254;
    private const int LongestName = 60;
    private const int LongestUserName = 24;

    /// <returns><c>null</c> when there is no id: then nobody has been named.</returns>
    public static ExternalIdentity? Read(JsonElement answer, ClaimNames names)
    {
        if (Find(answer, names.Id) is not { Length: > 0 and <= LongestSubject } subject)
            return null;
        var email = Find(answer, names.Email) is { } said ? EmailRule.Normal(said) : null;
        if (email is not { Length: > 0 and <= LongestEmail } || !MailAddress.TryCreate(email, out _))
            email = null;
        var verified = email is not null && names.EmailVerified is { } claim && Find(answer, claim) is "true";
        var name = new string([.. (Find(answer, names.Name) ?? "").Where(c => !char.IsControl(c))]).Trim();
        return new(subject, email, verified, name is "" ? null : name.CutTo(LongestName).Trim());
    }

    /// <summary>User names made from what is known, for the person to change: the plain one, then with numbers, should somebody have it. None when nothing fits.</summary>
    public static IEnumerable<string> ProposeUserNames(string? email, string? name) => ProposeUserName(email, name) is not { Length: > 0 } plain
        ? []
        : [plain, .. Enumerable.Range(2, 28).Select(number => $"{plain[..Math.Min(plain.Length, LongestUserName - 2)]}{number}")];

    private static string ProposeUserName(string? email, string? name)
    {
        var proposal = new string([.. (email?.Split('@')[0] ?? name ?? "").ToLowerInvariant().Select(c => c is ' ' or '-' or '+' ? '.' : c).Where(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.')]);
        proposal = (proposal.Length > LongestUserName ? proposal[..LongestUserName] : proposal).Trim('.');
        return SignUpRule.IsUserName(proposal) ? proposal : "";
    }

    private static string? Find(JsonElement answer, string path)
    {
        foreach (var part in path.Split('.'))
        {
            if (answer.ValueKind is not JsonValueKind.Object || !answer.TryGetProperty(part, out answer))
                return null;
        }
        return answer.ValueKind switch
        {
            JsonValueKind.String => answer.GetString(),
            JsonValueKind.Number => answer.GetRawText(), // ids are numbers at some
            JsonValueKind.True => "true",
            _ => null,
        };
    }
}
