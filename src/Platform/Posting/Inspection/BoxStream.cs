using System.Buffers.Binary;
using System.Text;

namespace Holdfast.Platform.Posting.Inspection;

/// <summary>Walks the boxes of an ISO media file (ISO/IEC 14496-12 §4.2).</summary>
internal sealed class BoxStream(Stream file)
{
    private const int MostBoxes = 200_000;

    private int boxes;

    /// <summary>The boxes between two offsets, in order.</summary>
    /// <exception cref="InvalidDataException">A box is larger than what holds it, or there are absurdly many.</exception>
    public async IAsyncEnumerable<Box> ReadAsync(long from, long to, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stopping)
    {
        var head = new byte[8];
        while (to - from >= 8)
        {
            if (++boxes > MostBoxes)
                throw new InvalidDataException("Too many boxes.");
            file.Position = from;
            await file.ReadExactlyAsync(head, stopping);
            long size = BinaryPrimitives.ReadUInt32BigEndian(head);
            var type = Encoding.Latin1.GetString(head, 4, 4);
            var start = from + 8;
            if (size == 1)
            {
                await file.ReadExactlyAsync(head, stopping);
                size = (long)Math.Min(BinaryPrimitives.ReadUInt64BigEndian(head), long.MaxValue);
                start += 8;
            }
            else if (size == 0)
            {
                size = to - from;
            }
            if (size < start - from || size > to - from)
                throw new InvalidDataException($"The box {type} does not fit.");
            yield return new Box(type, start, from + size);
            from += size;
        }
    }

    /// <summary>The first bytes of a box, at most <paramref name="most"/>.</summary>
    public async Task<byte[]> HeadAsync(Box box, int most, CancellationToken stopping)
    {
        var bytes = new byte[Math.Min(box.End - box.Start, most)];
        file.Position = box.Start;
        await file.ReadExactlyAsync(bytes, stopping);
        return bytes;
    }
}

/// <summary>One box: its type and where its content lies.</summary>
internal readonly record struct Box(string Type, long Start, long End);

/// <summary>Big-endian numbers in a box; reading past its end is a broken file.</summary>
internal static class BoxNumbers
{
    public static uint U32(this byte[] bytes, int at) => at + 4 <= bytes.Length ? BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at)) : throw Short();

    public static ulong U64(this byte[] bytes, int at) => at + 8 <= bytes.Length ? BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(at)) : throw Short();

    public static ushort U16(this byte[] bytes, int at) => at + 2 <= bytes.Length ? BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at)) : throw Short();

    public static string Type(this byte[] bytes, int at) => at + 4 <= bytes.Length ? Encoding.Latin1.GetString(bytes, at, 4) : throw Short();

    private static InvalidDataException Short() => new("A box is too short.");
}
