using Holdfast.Domain.Connections;

namespace Holdfast.Studio.Accounts.KeepAlive;

/// <summary>The right to renew one connection until the lease lapses.</summary>
/// <param name="Before">The row as it stands under the claim, its fence included.</param>
/// <param name="RefreshToken">Sealed.</param>
/// <param name="ClientKey">Of the app it was granted to, where that is known.</param>
/// <param name="IsProbe">It is the one try that an open breaker allows.</param>
/// <param name="Since">The clock's timestamp before it was made.</param>
internal sealed record RenewalClaim(ConnectionRow Before, byte[] RefreshToken, string? ClientKey = null, bool IsProbe = false, long Since = 0);

/// <param name="Before">The row as it was when the answer was written down.</param>
internal sealed record SavedRenewal(ConnectionRow Before, ConnectionChange Change);
