using System.Buffers.Binary;
using System.Text;

namespace Holdfast.Platform.Outside;

/// <summary>A question for TXT records and its answer, as they travel (RFC 1035).</summary>
internal static class DnsMessage
{
    private const int HeaderBytes = 12;
    private const ushort Txt = 16;
    private const ushort Internet = 1;

    /// <summary>Asks a resolver that looks further by itself.</summary>
    public static byte[] Ask(ushort id, string name)
    {
        var labels = name.Split('.');
        var message = new byte[HeaderBytes + labels.Sum(label => label.Length + 1) + 1 + 4];
        BinaryPrimitives.WriteUInt16BigEndian(message, id);
        message[2] = 1; // recursion desired
        message[5] = 1; // one question
        var at = HeaderBytes;
        foreach (var label in labels)
        {
            message[at++] = (byte)label.Length;
            at += Encoding.ASCII.GetBytes(label, message.AsSpan(at));
        }
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(at + 1), Txt);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(at + 3), Internet);
        return message;
    }

    /// <summary>What a message says; <c>null</c> when it is no answer to this question, or none that can be read.</summary>
    public static DnsReply? Read(ReadOnlySpan<byte> message, ReadOnlySpan<byte> asked)
    {
        // Same id, same question: anything else is somebody else's answer, or somebody who guesses.
        var isOurs = message.Length >= asked.Length && message[..2].SequenceEqual(asked[..2]) && (message[2] & 0x80) != 0
            && BinaryPrimitives.ReadUInt16BigEndian(message[4..]) == 1 && Ascii.EqualsIgnoreCase(message[HeaderBytes..asked.Length], asked[HeaderBytes..]);
        if (!isOurs)
            return null;

        var isTruncated = (message[2] & 2) != 0;
        var texts = new List<string>();
        var rest = message[asked.Length..];
        for (var left = BinaryPrimitives.ReadUInt16BigEndian(message[6..]); left > 0; left--)
        {
            if (!TryRecord(ref rest, out var type, out var data))
                return isTruncated ? new DnsReply(true, message[3] & 15, []) : null;
            if (type == Txt)
                texts.Add(Join(data));
        }
        return new DnsReply(isTruncated, message[3] & 15, texts);
    }

    private static bool TryRecord(ref ReadOnlySpan<byte> rest, out ushort type, out ReadOnlySpan<byte> data)
    {
        type = 0;
        data = default;
        // Its name is skipped: labels up to a zero, or a pointer to where it stood before.
        while (rest.Length > 0 && rest[0] is > 0 and < 0xC0)
            rest = rest.Length > rest[0] ? rest[(rest[0] + 1)..] : default;
        var end = rest.Length > 0 && rest[0] >= 0xC0 ? 2 : 1;
        if (rest.Length < end + 10)
            return false;
        rest = rest[end..];
        type = BinaryPrimitives.ReadUInt16BigEndian(rest);
        var length = BinaryPrimitives.ReadUInt16BigEndian(rest[8..]);
        if (rest.Length < 10 + length)
            return false;
        data = rest.Slice(10, length);
        rest = rest[(10 + length)..];
        return true;
    }

    // A record is one text in pieces of at most 255 bytes.
    private static string Join(ReadOnlySpan<byte> data)
    {
        var text = new StringBuilder();
        while (data.Length > 0 && data.Length > data[0])
        {
            text.Append(Encoding.UTF8.GetString(data.Slice(1, data[0])));
            data = data[(data[0] + 1)..];
        }
        return text.ToString();
    }
}

/// <param name="IsTruncated">There is more than fits into a datagram: ask by TCP.</param>
/// <param name="Code">0 is well, 3 is a name that does not exist.</param>
internal sealed record DnsReply(bool IsTruncated, int Code, IReadOnlyList<string> Texts);
