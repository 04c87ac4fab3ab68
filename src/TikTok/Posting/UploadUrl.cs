namespace Holdfast.TikTok.Posting;

/// <summary>Where the bytes of one video go. Its query holds an upload token, so it is a secret; it is used as given, never taken apart (tiktok-v2 §5.6).</summary>
/// <remarks>Works for one hour after the init call; the whole upload has to end within it.</remarks>
public sealed class UploadUrl : Secret
{
    /// <summary>Takes the address exactly as TikTok returned it.</summary>
    /// <param name="text">An absolute https address, or http on a loopback address.</param>
    /// <exception cref="ArgumentException">It is not such an address.</exception>
    public UploadUrl(string text) : base(text)
    {
        // The text is not part of the message: its query is the secret.
        if (!IsUsable(text))
        {
            throw new ArgumentException("An upload URL is an absolute https address (http only on this machine).", nameof(text));
        }
    }

    internal static bool IsUsable(string? text) =>
        IsSound(text) && Uri.TryCreate(text, UriKind.Absolute, out var address) && TikTokEndpoints.IsSafe(address);
}
