namespace Holdfast.Studio.Accounts.KeepAlive;

/// <summary>The right to renew one connection until the lease lapses.</summary>
/// <param name="Before">The row as it stands under the claim, its fence included.</param>
/// <param name="RefreshToken">Sealed.</param>
internal sealed record RenewalClaim(ConnectionRow Before, byte[] RefreshToken);
