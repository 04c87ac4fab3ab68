using System.Security.Cryptography;
using System.Text;

namespace Holdfast.TikTok.OAuth;

/// <summary>The value that ties a callback to the browser that started it.</summary>
public static class AuthorizationState
{
    /// <summary>Whether a callback's state is the expected one, compared in constant time. A missing state never matches.</summary>
    /// <param name="expected">The state of the authorization request; must not be empty.</param>
    /// <param name="received">The echo.</param>
    /// <exception cref="ArgumentException">Nothing was expected: an empty state protects nobody.</exception>
    public static bool Matches(string expected, string? received)
    {
        ArgumentException.ThrowIfNullOrEmpty(expected);
        return received is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(received));
    }
}
