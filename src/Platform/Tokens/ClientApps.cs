using System.Security.Cryptography;
using Holdfast.Shell.Hosting;
using Holdfast.Storage;

namespace Holdfast.Platform.Tokens;

/// <summary>Knows apps by their key and secret.</summary>
internal sealed class ClientApps(AppOptions options, TimeProvider clock)
{
    private static readonly byte[] Decoy = TokenText.Digest("a secret nobody has");

    /// <summary>The app with this key, unless it is disabled or a demo app where there is no demo.</summary>
    public async Task<ClientApp?> FindAsync(Session session, string clientKey) =>
        await session.FirstAsync<ClientApp>("""
            select id, owner_id, name, client_key, secret_digest, previous_secret_digest, previous_secret_ends_at, refresh_mode, is_demo,
              sandbox_of is not null as is_sandbox, approved_at is not null or sandbox_of is not null as may_ask
            from app where client_key = @clientKey and disabled_at is null
            """, new { clientKey }) is { } app && MayBeUsed(app.IsDemo) ? app : null;

    /// <summary>Demo apps exist only where the demo does.</summary>
    public bool MayBeUsed(bool isDemo) => !isDemo || (options.Demo && options.IsLoopback);

    /// <summary>Compares digests in constant time; without an app it does the same work, so that time does not tell which half was wrong. The secret of before counts until its end.</summary>
    public bool Matches(IClientSecrets? app, string secret)
    {
        var digest = TokenText.Digest(secret);
        var previous = app?.PreviousSecretEndsAt > clock.GetUtcNow() ? app.PreviousSecretDigest : null;
        var isPresent = CryptographicOperations.FixedTimeEquals(app?.SecretDigest ?? Decoy, digest) && app is not null;
        var isPrevious = CryptographicOperations.FixedTimeEquals(previous ?? Decoy, digest) && previous is not null;
        return isPresent || isPrevious;
    }
}

/// <summary>The digests of an app's secrets: the present one and, for a while, the one before.</summary>
internal interface IClientSecrets
{
    byte[] SecretDigest { get; }
    byte[]? PreviousSecretDigest { get; }
    DateTimeOffset? PreviousSecretEndsAt { get; }
}

/// <summary>A registered app.</summary>
internal sealed record ClientApp : IClientSecrets
{
    public string Id { get; init; } = "";
    public string OwnerId { get; init; } = "";
    public string Name { get; init; } = "";
    public string ClientKey { get; init; } = "";
    public byte[] SecretDigest { get; init; } = [];
    public byte[]? PreviousSecretDigest { get; init; }
    public DateTimeOffset? PreviousSecretEndsAt { get; init; }
    public string? RefreshMode { get; init; }
    public bool IsDemo { get; init; }
    public bool IsSandbox { get; init; }

    /// <summary>Approved once, or a sandbox, which nobody reviews: people may be asked.</summary>
    public bool MayAsk { get; init; }
}
