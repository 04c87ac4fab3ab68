namespace Holdfast.TikTok;

/// <summary>A user access token (<c>act.…</c>) or client access token (<c>clt.…</c>). Opaque: never parse it (tiktok-v2 §2.8).</summary>
/// <param name="text">1 to 4096 printable ASCII characters without spaces.</param>
/// <exception cref="ArgumentException">The text is empty, too long or holds other characters.</exception>
public sealed class AccessToken(string text) : Secret(text);
