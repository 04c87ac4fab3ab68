using System.Buffers.Text;
using System.Text;

namespace Holdfast.Platform.Tokens;

/// <summary>The fields of a form or query, decoded exactly once; each name may appear once (RFC 6749 §3.2).</summary>
internal sealed class FormFields
{
    private const int MostFields = 100;
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private readonly Dictionary<string, string> fields;

    private FormFields(Dictionary<string, string> fields) => this.fields = fields;

    /// <summary>The value, <c>null</c> when the field is absent.</summary>
    public string? this[string name] => fields.GetValueOrDefault(name);

    public bool Has(string name) => fields.ContainsKey(name);

    /// <summary>Decodes <c>a=b&amp;c=d</c>; <c>null</c> for a repeated name, a broken escape, text that is not UTF-8, NUL characters or too many fields.</summary>
    /// <remarks>A name with brackets is refused too: other parsers read <c>scope[]</c> as a second <c>scope</c> (attack case 15).</remarks>
    public static FormFields? Read(ReadOnlySpan<byte> text)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var range in text.Split((byte)'&'))
        {
            var pair = text[range];
            if (pair.IsEmpty)
                continue;
            var mark = pair.IndexOf((byte)'=');
            if (Decode(mark < 0 ? pair : pair[..mark]) is not { } name || Decode(mark < 0 ? default : pair[(mark + 1)..]) is not { } value)
                return null;
            if (name.AsSpan().ContainsAny('[', ']') || !fields.TryAdd(name, value) || fields.Count > MostFields)
                return null;
        }
        return new(fields);
    }

    private static string? Decode(ReadOnlySpan<byte> text)
    {
        var bytes = new byte[text.Length];
        var length = 0;
        for (var at = 0; at < text.Length; at++)
        {
            switch (text[at])
            {
                case (byte)'+':
                    bytes[length++] = (byte)' ';
                    break;
                case (byte)'%':
                    if (at + 2 >= text.Length || !Utf8Parser.TryParse(text.Slice(at + 1, 2), out byte octet, out var read, 'x') || read != 2)
                        return null;
                    bytes[length++] = octet;
                    at += 2;
                    break;
                default:
                    bytes[length++] = text[at];
                    break;
            }
        }
        try
        {
            // No text of ours holds NUL, and PostgreSQL takes none.
            return bytes.AsSpan(0, length).Contains((byte)0) ? null : StrictUtf8.GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
