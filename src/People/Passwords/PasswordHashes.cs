using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Holdfast.People.Passwords;

/// <summary>ASP.NET Core Identity's password hash (PBKDF2, salted, versioned).</summary>
public sealed class PasswordHashes
{
    /// <summary>Stands in the place of a hash where somebody has no password and signs in by other means.</summary>
    public const string None = "none";

    /// <summary>Rounds of PBKDF2 with HMAC-SHA-512: the framework's own number, about a tenth of a second.</summary>
    public const int Rounds = 100_000;

    private static readonly object Nobody = new();
    private readonly PasswordHasher<object> hasher;
    private readonly string decoy;

    /// <param name="rounds">Fewer only where the passwords guard nothing.</param>
    public PasswordHashes(int rounds = Rounds)
    {
        hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = rounds }));
        decoy = Hash("a password nobody has");
    }

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
