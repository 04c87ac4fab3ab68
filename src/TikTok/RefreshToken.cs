namespace Holdfast.TikTok;

/// <summary>What buys the next token pair (<c>rft.…</c>). Opaque; after a renewal only the newest one works (tiktok-v2 §2.9).</summary>
/// <param name="text">1 to 4096 printable ASCII characters without spaces.</param>
/// <exception cref="ArgumentException">The text is empty, too long or holds other characters.</exception>
public sealed class RefreshToken(string text) : Secret(text);
