using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;

namespace Holdfast.Platform.Tokens;

/// <summary>The fields of a form or query, decoded exactly once; each name may appear once (RFC 6749 §3.2).</summary>
internal sealed class FormFields
{
    private const int MostFields = 100;
    private const int ShortText = 512;

    // A request has five or six fields: looking through them is quicker than hashing, and no sender can choose names that collide.
    private readonly List<(string Name, string Value)> fields = new(8);

    private FormFields()
    {
    }

    /// <summary>The value, <c>null</c> when the field is absent.</summary>
    public string? this[string name]
    {
        get
        {
            foreach (var (known, value) in fields)
            {
                if (known == name)
                    return value;
            }
            return null;
        }
    }

    public bool Has(string name) => this[name] is not null;

    /// <summary>Decodes <c>a=b&amp;c=d</c>; <c>null</c> for a repeated name, a broken escape, text that is not UTF-8, NUL characters or too many fields.</summary>
    /// <remarks>A name with brackets is refused too: other parsers read <c>scope[]</c> as a second <c>scope</c> (attack case 15).</remarks>
    public static FormFields? Read(ReadOnlySpan<byte> text)
    {
        var read = new FormFields();
        foreach (var range in text.Split((byte)'&'))
        {
            var pair = text[range];
            if (pair.IsEmpty)
                continue;
            var mark = pair.IndexOf((byte)'=');
            if (Decode(mark < 0 ? pair : pair[..mark]) is not { } name || Decode(mark < 0 ? default : pair[(mark + 1)..]) is not { } value)
                return null;
            if (name.AsSpan().ContainsAny('[', ']') || read.Has(name) || read.fields.Count == MostFields)
                return null;
            read.fields.Add((name, value));
        }
        return read;
    }

    private static string? Decode(ReadOnlySpan<byte> text)
    {
        if (text.IndexOfAny((byte)'%', (byte)'+') < 0)
            return Text(text);
        var bytes = text.Length <= ShortText ? stackalloc byte[ShortText] : new byte[text.Length];
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
        return Text(bytes[..length]);
    }

    // No text of ours holds NUL, and PostgreSQL takes none.
    private static string? Text(ReadOnlySpan<byte> bytes) => Utf8.IsValid(bytes) && !bytes.Contains((byte)0) ? Encoding.UTF8.GetString(bytes) : null;
}
