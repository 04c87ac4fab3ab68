using Holdfast.Shell.Sealing;
using Holdfast.Storage;

namespace Holdfast.Platform.Developers;

/// <summary>The client secrets we sign with. At rest they are sealed; who authenticates with one is checked by its digest alone.</summary>
internal sealed class AppSecrets(SecretSeal seal)
{
    /// <summary>The present client secret of an app; <c>null</c> where it was made before we kept it, or the app is gone.</summary>
    /// <exception cref="SealedSecretException">The installation's key is missing, or the row was changed.</exception>
    public async Task<string?> CurrentAsync(Session session, string appId) =>
        await session.FirstAsync<byte[]>("select secret_sealed from app where id = @appId and disabled_at is null", new { appId }) is { } closed ? seal.Open(closed, Place(appId)) : null;

    public byte[] Close(string appId, string secret) => seal.Close(secret, Place(appId));

    private static SealedPlace Place(string appId) => new("app", "secret_sealed", appId);
}
