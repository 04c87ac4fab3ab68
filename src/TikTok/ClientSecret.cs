namespace Holdfast.TikTok;

/// <summary>An app's client secret, from the developer portal.</summary>
/// <param name="text">1 to 4096 printable ASCII characters without spaces.</param>
/// <exception cref="ArgumentException">The text is empty, too long or holds other characters.</exception>
public sealed class ClientSecret(string text) : Secret(text);
