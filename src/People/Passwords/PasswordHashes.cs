using Microsoft.AspNetCore.Identity;

namespace Holdfast.People.Passwords;

/// <summary>ASP.NET Core Identity's password hash (PBKDF2, salted, versioned).</summary>
public sealed class PasswordHashes
{
    private static readonly object Nobody = new();
    private readonly PasswordHasher<object> hasher = new();
    private readonly string decoy;

    public PasswordHashes() => decoy = Hash("a password nobody has");

    public string Hash(string password) => hasher.HashPassword(Nobody, password);

    /// <summary>Checks a password; without a <paramref name="hash"/> it does the same work against a decoy, so that time does not tell whether an account exists.</summary>
    public bool Matches(string? hash, string password)
    {
        if (password.Length > SignUpRule.LongestPassword)
            return false;
        var verdict = hasher.VerifyHashedPassword(Nobody, string.IsNullOrEmpty(hash) ? decoy : hash, password);
        return !string.IsNullOrEmpty(hash) && verdict is not PasswordVerificationResult.Failed;
    }
}
