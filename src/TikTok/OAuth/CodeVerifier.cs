namespace Holdfast.TikTok.OAuth;

/// <summary>The secret half of PKCE; it stays with whoever started the sign-in until the code is exchanged (tiktok-v2 §1.7).</summary>
public sealed class CodeVerifier : Secret
{
    /// <summary>Takes a verifier made elsewhere or read back from storage.</summary>
    /// <param name="text">43 to 128 characters from A–Z, a–z, 0–9, <c>-</c>, <c>.</c>, <c>_</c> and <c>~</c>.</param>
    /// <exception cref="ArgumentException">Length or characters are outside that.</exception>
    public CodeVerifier(string text) : base(text)
    {
        if (text.Length is < 43 or > 128 || text.Any(character => !char.IsAsciiLetterOrDigit(character) && !"-._~".Contains(character)))
        {
            throw new ArgumentException("A code verifier is 43 to 128 characters from A-Z a-z 0-9 - . _ ~", nameof(text));
        }
    }
}
