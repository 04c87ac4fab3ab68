using System.Security.Cryptography;
using Holdfast.Shell.Hosting;
using Holdfast.Storage;

namespace Holdfast.Platform.Tokens;

/// <summary>Knows apps by their key and secret.</summary>
internal sealed class ClientApps(AppOptions options)
{
    private static readonly byte[] Decoy = TokenText.Digest("a secret nobody has");

    /// <summary>The app with this key, unless it is disabled or a demo app where there is no demo.</summary>
    public async Task<ClientApp?> FindAsync(Session session, string clientKey) =>
        await session.FirstAsync<ClientApp>("""
            select id, owner_id, name, client_key, secret_digest, refresh_mode, is_demo
            from app where client_key = @clientKey and disabled_at is null
            """, new { clientKey }) is { } app && MayBeUsed(app.IsDemo) ? app : null;

    /// <summary>Demo apps exist only where the demo does.</summary>
    public bool MayBeUsed(bool isDemo) => !isDemo || (options.Demo && options.IsLoopback);

    /// <summary>Compares digests in constant time; without an app it does the same work, so that time does not tell which half was wrong.</summary>
    public static bool Matches(ClientApp? app, string secret) => Matches(app?.SecretDigest, secret);

    /// <inheritdoc cref="Matches(ClientApp?, string)"/>
    public static bool Matches(byte[]? secretDigest, string secret) =>
        CryptographicOperations.FixedTimeEquals(secretDigest ?? Decoy, TokenText.Digest(secret)) && secretDigest is not null;
}

/// <summary>A registered app.</summary>
internal sealed record ClientApp
{
    public string Id { get; init; } = "";
    public string OwnerId { get; init; } = "";
    public string Name { get; init; } = "";
    public string ClientKey { get; init; } = "";
    public byte[] SecretDigest { get; init; } = [];
    public string? RefreshMode { get; init; }
    public bool IsDemo { get; init; }
}
