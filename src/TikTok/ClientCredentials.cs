namespace Holdfast.TikTok;

/// <summary>One app at TikTok: sandbox and production have different pairs (tiktok-v2 §1.1).</summary>
/// <param name="ClientKey">The public key, sent as <c>client_key</c> (never <c>client_id</c>).</param>
/// <param name="ClientSecret">The secret; it stays on a server or in the developer's own terminal.</param>
public sealed record ClientCredentials(string ClientKey, ClientSecret ClientSecret);
