namespace Holdfast.TikTok.OAuth;

/// <summary>The handle with which the app that made a QR code asks what became of it (tiktok-v2 §1.9). Never show it: only the link belongs into the code.</summary>
/// <param name="text">1 to 4096 printable ASCII characters without spaces.</param>
/// <exception cref="ArgumentException">The text is empty, too long or holds other characters.</exception>
public sealed class QrToken(string text) : Secret(text);
