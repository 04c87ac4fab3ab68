using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace Holdfast.TikTok;

/// <summary>Text that must not be read by accident: it prints as <c>TypeName(redacted)</c> and has no property a serializer could find.</summary>
/// <remarks>The one way to the text is <see cref="Reveal"/>, so every place that uses it can be found by that name. Equality takes the same time whatever the content.</remarks>
[DebuggerDisplay("{ToString(),nq}")]
public abstract class Secret : IEquatable<Secret>
{
    /// <summary>The longest secret taken, in characters. TikTok documents no maximum.</summary>
    public const int LongestLength = 4096;

    private readonly string text;

    private protected Secret(string text)
    {
        if (!IsSound(text))
        {
            throw new ArgumentException($"A {GetType().Name} is 1 to {LongestLength} printable ASCII characters without spaces.", nameof(text));
        }

        this.text = text;
    }

    /// <summary>The text itself, for the wire or for encryption at rest.</summary>
    public string Reveal() => text;

    /// <summary>The type's name and the word redacted.</summary>
    public sealed override string ToString() => $"{GetType().Name}(redacted)";

    /// <summary>Same kind and same text, compared in constant time.</summary>
    public bool Equals(Secret? other) =>
        other is not null && other.GetType() == GetType()
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(text), Encoding.ASCII.GetBytes(other.text));

    /// <inheritdoc/>
    public sealed override bool Equals(object? obj) => Equals(obj as Secret);

    /// <inheritdoc/>
    public sealed override int GetHashCode() => string.GetHashCode(text, StringComparison.Ordinal);

    internal static bool IsSound(string? text) =>
        text is { Length: > 0 and <= LongestLength } && !text.AsSpan().ContainsAnyExceptInRange('!', '~');
}
