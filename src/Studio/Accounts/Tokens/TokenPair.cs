using Holdfast.Shell.Sealing;
using Holdfast.Storage;
using Holdfast.TikTok;

namespace Holdfast.Studio.Accounts.Tokens;

/// <summary>Reads and writes a connection's sealed tokens; nothing else touches those columns.</summary>
internal sealed class TokenPair(SecretSeal seal)
{
    public byte[] CloseAccess(AccessToken token, string connectionId) => seal.Close(token.Reveal(), Access(connectionId));

    public byte[] CloseRefresh(RefreshToken token, string connectionId) => seal.Close(token.Reveal(), Refresh(connectionId));

    /// <summary><c>null</c> when there is none: a disconnected account.</summary>
    /// <exception cref="SealedSecretException">The installation's keys do not open it.</exception>
    public async Task<AccessToken?> ReadAccessAsync(Session session, string connectionId) =>
        await session.FirstAsync<Sealed>("select access_token as bytes from connection where id = @connectionId", new { connectionId }) is { Bytes: { } bytes }
            ? new AccessToken(seal.Open(bytes, Access(connectionId)))
            : null;

    /// <summary>The sealed refresh token, to be opened outside the transaction; <c>null</c> when there is none.</summary>
    public static async Task<byte[]?> SealedRefreshAsync(Session session, string connectionId) =>
        (await session.FirstAsync<Sealed>("select refresh_token as bytes from connection where id = @connectionId", new { connectionId }))?.Bytes;

    /// <summary>Many of them, in the order of their connections: the first <paramref name="most"/> after <paramref name="afterId"/>.</summary>
    public static async Task<IReadOnlyList<(string Id, byte[] Bytes)>> SealedRefreshesAsync(Session session, string afterId, int most) =>
        [.. (await session.ListAsync<Sealed>("select id, refresh_token as bytes from connection where refresh_token is not null and id > @afterId order by id limit @most", new { afterId, most })).Select(one => (one.Id, one.Bytes!))]; // asked for

    /// <exception cref="SealedSecretException">The installation's keys do not open it.</exception>
    public RefreshToken OpenRefresh(byte[] closed, string connectionId) => new(seal.Open(closed, Refresh(connectionId)));

    private static SealedPlace Access(string id) => new("connection", "access_token", id);

    private static SealedPlace Refresh(string id) => new("connection", "refresh_token", id);

    private sealed record Sealed
    {
        public string Id { get; init; } = "";
        public byte[]? Bytes { get; init; }
    }
}
