namespace Holdfast.Storage.Blobs;

/// <summary>What a blob may be called, in every store.</summary>
internal static class BlobKey
{
    /// <exception cref="ArgumentException">It is no such path: it could lead out of the store.</exception>
    public static string Check(string key) =>
        key.Length > 0 && key.Split('/').All(part => part.Length > 0 && part[0] != '.' && part.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.'))
            ? key
            : throw new ArgumentException("A blob key is a lower-case path of letters, digits, '-' and '.'.", nameof(key));
}
