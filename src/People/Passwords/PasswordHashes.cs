using Microsoft.AspNetCore.Identity;

namespace Holdfast.People.Passwords;

/// <summary>ASP.NET Core Identity's password hash (PBKDF2, salted, versioned).</summary>
public sealed class PasswordHashes
{
    /// <summary>Stands in the place of a hash where somebody has no password and signs in by other means.</summary>
    public const string None = "none";

    private static readonly object Nobody = new();
    private readonly PasswordHasher<object> hasher = new();
    private readonly string decoy;

    public PasswordHashes() => decoy = Hash("a password nobody has");

    public string Hash(string password) => hasher.HashPassword(Nobody, password);

    /// <summary>Checks a password; without a <paramref name="hash"/>, or with <see cref="None"/>, it does the same work against a decoy, so that time does not tell whether an account exists.</summary>
    public bool Matches(string? hash, string password)
    {
        if (password.Length > SignUpRule.LongestPassword)
            return false;
        var known = string.IsNullOrEmpty(hash) || hash is None ? null : hash;
        var verdict = hasher.VerifyHashedPassword(Nobody, known ?? decoy, password);
        return known is not null && verdict is not PasswordVerificationResult.Failed;
    }
}
