using System.Buffers.Binary;

namespace Holdfast.Platform.Posting.Inspection;

/// <summary>What a picture file says about itself.</summary>
/// <param name="ContentType"><c>image/jpeg</c> or <c>image/webp</c>, by its bytes.</param>
internal sealed record PictureFacts(string ContentType, int Width, int Height);

/// <summary>Reads the head of a JPEG (ISO/IEC 10918-1 Annex B) or WebP (RFC 9649), by seeking: never more than a few bytes at a time.</summary>
internal static class Pictures
{
    private const int MostSegments = 2_000;

    /// <summary>What the file says; <c>null</c> when it is neither JPEG nor WebP, or is cut off before it tells its size.</summary>
    public static async Task<PictureFacts?> ReadAsync(Stream file, CancellationToken stopping)
    {
        try
        {
            var head = new byte[30];
            await file.ReadExactlyAsync(head, stopping);
            return head switch
            {
                [0xFF, 0xD8, 0xFF, ..] => await JpegAsync(file, stopping),
                [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..]
                    when BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(4)) is var size && size >= 22 && size <= file.Length - 8 => Webp(head),
                _ => null,
            };
        }
        catch (EndOfStreamException)
        {
            return null;
        }
    }

    // Segments up to the frame header, which holds the size; what follows has to end as a JPEG ends, or the file is cut off.
    private static async Task<PictureFacts?> JpegAsync(Stream file, CancellationToken stopping)
    {
        var bytes = new byte[9];
        file.Position = 2;
        for (var segments = 0; segments < MostSegments; segments++)
        {
            await file.ReadExactlyAsync(bytes.AsMemory(0, 2), stopping);
            while (bytes[0] == 0xFF && bytes[1] == 0xFF)
                await file.ReadExactlyAsync(bytes.AsMemory(1, 1), stopping); // fill
            if (bytes[0] != 0xFF || bytes[1] is 0x00 or 0xD9 or 0xDA)
                return null;
            var marker = bytes[1];
            var start = file.Position;
            await file.ReadExactlyAsync(bytes.AsMemory(0, 2), stopping);
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes);
            if (length < 2)
                return null;
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                await file.ReadExactlyAsync(bytes.AsMemory(0, 5), stopping);
                var (height, width) = (BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(1)), BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(3)));
                return width > 0 && height > 0 && await EndsAsync(file, stopping) ? new PictureFacts("image/jpeg", width, height) : null;
            }
            file.Position = start + length;
        }
        return null;
    }

    // Cameras write a few bytes of their own behind the end, so it is looked for in the last kilobytes.
    private static async Task<bool> EndsAsync(Stream file, CancellationToken stopping)
    {
        var tail = new byte[Math.Min(file.Length, 4_096)];
        file.Position = file.Length - tail.Length;
        await file.ReadExactlyAsync(tail, stopping);
        return tail.AsSpan().LastIndexOf([(byte)0xFF, (byte)0xD9]) >= 0;
    }

    private static PictureFacts? Webp(ReadOnlySpan<byte> head)
    {
        var (width, height) = Size(head);
        return width > 0 && height > 0 ? new PictureFacts("image/webp", width, height) : null;
    }

    private static (int Width, int Height) Size(ReadOnlySpan<byte> head)
    {
        var kind = head[12..16];
        if (kind.SequenceEqual("VP8 "u8) && head[23..26] is [0x9D, 0x01, 0x2A])
            return (BinaryPrimitives.ReadUInt16LittleEndian(head[26..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(head[28..]) & 0x3FFF);
        if (kind.SequenceEqual("VP8L"u8) && head[20] == 0x2F)
            return Lossless(BinaryPrimitives.ReadUInt32LittleEndian(head[21..]));
        return kind.SequenceEqual("VP8X"u8) ? (Little24(head[24..]) + 1, Little24(head[27..]) + 1) : (0, 0);
    }

    private static (int Width, int Height) Lossless(uint bits) => ((int)(bits & 0x3FFF) + 1, (int)((bits >> 14) & 0x3FFF) + 1);

    private static int Little24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);
}
