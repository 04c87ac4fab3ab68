namespace Holdfast.TikTok.OAuth;

/// <summary>The one-time code of the callback, already URL-decoded exactly once (tiktok-v2 §1.5).</summary>
/// <param name="text">1 to 4096 printable ASCII characters without spaces.</param>
/// <exception cref="ArgumentException">The text is empty, too long or holds other characters.</exception>
public sealed class AuthorizationCode(string text) : Secret(text);
