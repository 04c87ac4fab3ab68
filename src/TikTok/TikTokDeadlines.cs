namespace Holdfast.TikTok;

/// <summary>How long one call may take, body included, before its outcome counts as unknown.</summary>
/// <remarks>Measured on the client's <see cref="TimeProvider"/>. The <see cref="HttpClient"/> must not have a shorter limit of its own: see <see cref="TikTokHttp.CreateClient"/>.</remarks>
public sealed record TikTokDeadlines
{
    /// <summary>For the token and revoke endpoints. Default 30 seconds.</summary>
    public TimeSpan Token { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For every JSON call of the API. Default 30 seconds.</summary>
    public TimeSpan Api { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For one uploaded chunk (up to 64 MB). Default 10 minutes, which is 0.9 Mbit/s.</summary>
    public TimeSpan Chunk { get; init; } = TimeSpan.FromMinutes(10);
}
