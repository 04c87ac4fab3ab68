using System.Net.Mail;
using System.Text;

namespace Holdfast.People;

/// <summary>What somebody typed to sign up.</summary>
public sealed record NewPerson(string UserName, string Password, string? Email = null, string? DisplayName = null)
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

public enum SignUpProblem { UserName, Email, PasswordTooShort, PasswordTooLong, PasswordUnreadable, Taken }

/// <summary>Which names and passwords are acceptable.</summary>
public static class SignUpRule
{
    /// <summary>Characters; long enough to resist guessing without rules about symbols (NIST SP 800-63B §3.1.1).</summary>
    public const int ShortestPassword = 8;

    /// <summary>Characters; bounds the work of hashing without refusing any passphrase.</summary>
    public const int LongestPassword = 256;

    public static SignUpProblem? ProblemWith(NewPerson wanted) => wanted switch
    {
        { UserName: var name } when !IsUserName(name.Trim()) => SignUpProblem.UserName,
        { Email: { Length: > 0 } email } when !MailAddress.TryCreate(email.Trim(), out _) => SignUpProblem.Email,
        { Password.Length: < ShortestPassword } => SignUpProblem.PasswordTooShort,
        { Password.Length: > LongestPassword } => SignUpProblem.PasswordTooLong,
        { Password: var password } when password.Contains('\0', StringComparison.Ordinal) => SignUpProblem.PasswordUnreadable,
        _ => null,
    };

    internal static bool IsUserName(string name) =>
        name.Length is >= 2 and <= 24 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.') && name[^1] != '.';
}
