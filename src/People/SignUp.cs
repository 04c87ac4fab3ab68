using System.Text;
using Holdfast.People.Email;

namespace Holdfast.People;

/// <summary>What somebody typed to sign up.</summary>
/// <param name="Email">Belongs to the account from the start: only for people whom whoever runs this installation knows. Others prove theirs afterwards.</param>
/// <param name="EmailIsProven">Letters may be sent there without asking first.</param>
public sealed record NewPerson(string UserName, string Password, string? Email = null, string? DisplayName = null, bool EmailIsProven = false)
{
    // Records print their members, and this one holds a password.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(UserName);
        return true;
    }
}

public abstract record SignUpResult
{
    private SignUpResult() { }

    public sealed record Added(Person Person) : SignUpResult;

    public sealed record Refused(SignUpProblem Problem) : SignUpResult;
}

public enum SignUpProblem { UserName, DisplayName, Email, PasswordTooShort, PasswordTooLong, PasswordUnreadable, Taken }

/// <summary>Which names and passwords are acceptable.</summary>
public static class SignUpRule
{
    /// <summary>Characters; long enough to resist guessing without rules about symbols (NIST SP 800-63B §3.1.1).</summary>
    public const int ShortestPassword = 8;

    /// <summary>Characters; bounds the work of hashing without refusing any passphrase.</summary>
    public const int LongestPassword = 256;

    /// <summary>Characters of the name on a profile.</summary>
    public const int LongestDisplayName = 60;

    public static SignUpProblem? ProblemWith(NewPerson wanted) => wanted switch
    {
        { UserName: var name } when !IsUserName(name.Trim()) => SignUpProblem.UserName,
        { DisplayName: { } name } when name.Trim().Length > LongestDisplayName || name.Any(char.IsControl) => SignUpProblem.DisplayName,
        { Email: { Length: > 0 } email } when !EmailRule.IsAddress(email) => SignUpProblem.Email,
        _ => ProblemWithPassword(wanted.Password),
    };

    /// <summary>What is wrong with a password. It is taken as it was typed: no trimming, no folding of letters, no cutting off.</summary>
    public static SignUpProblem? ProblemWithPassword(string password) => password switch
    {
        { Length: < ShortestPassword } => SignUpProblem.PasswordTooShort,
        { Length: > LongestPassword } => SignUpProblem.PasswordTooLong,
        _ when password.Contains('\0', StringComparison.Ordinal) => SignUpProblem.PasswordUnreadable,
        _ => null,
    };

    public static bool IsUserName(string name) =>
        name.Length is >= 2 and <= 24 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.') && name[^1] != '.';
}
