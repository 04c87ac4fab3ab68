using System.Buffers.Binary;
using Microsoft.AspNetCore.Mvc;

namespace Holdfast.Platform.Developers;

/// <summary>Whether bytes are a picture that may stand for an app: decided by what they are, never by what they are called. SVG is a program and no picture here.</summary>
internal static class IconRule
{
    /// <summary>TikTok's own limit (portal §2.1).</summary>
    public const int Largest = 5 * 1024 * 1024;

    /// <summary>For forms that carry an icon: the picture, and room for the fields beside it.</summary>
    public static RequestSizeLimitAttribute Room { get; } = new(Largest + 1024 * 1024);

    private const int ShortestSide = 48;
    private const int LongestSide = 2048;

    public static IconVerdict Decide(ReadOnlySpan<byte> file)
    {
        if (file.Length > Largest)
            return new IconVerdict.Refused("icon.TooLarge");
        var (kind, size) = file switch
        {
            [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => ("png", Png(file)),
            [0xFF, 0xD8, 0xFF, ..] => ("jpg", Jpeg(file)),
            [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => ("webp", Webp(file)),
            _ => ("", null),
        };
        return size switch
        {
            null => new IconVerdict.Refused("icon.NoPicture"),
            var (width, height) when Math.Min(width, height) < ShortestSide || Math.Max(width, height) > LongestSide => new IconVerdict.Refused("icon.Size"),
            // Square-ish: what the frame cuts off is a sliver.
            var (width, height) when Math.Max(width, height) * 4 > Math.Min(width, height) * 5 => new IconVerdict.Refused("icon.Shape"),
            _ => new IconVerdict.Fine(kind),
        };
    }

    private static (int Width, int Height)? Png(ReadOnlySpan<byte> file) =>
        file.Length >= 33 && file[12..16].SequenceEqual("IHDR"u8) ? (Big32(file[16..]), Big32(file[20..])) : null;

    // Segments up to the frame header, which holds the size.
    private static (int Width, int Height)? Jpeg(ReadOnlySpan<byte> file)
    {
        for (var at = 2; at + 9 < file.Length && file[at] == 0xFF;)
        {
            var marker = file[at + 1];
            if (marker is 0xFF)
            {
                at++; // fill
                continue;
            }
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
                return (BinaryPrimitives.ReadUInt16BigEndian(file[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(file[(at + 5)..]));
            var length = BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
            if (length < 2 || marker is 0xD9 or 0xDA)
                return null;
            at += 2 + length;
        }
        return null;
    }

    private static (int Width, int Height)? Webp(ReadOnlySpan<byte> file)
    {
        if (file.Length < 30)
            return null;
        var kind = file[12..16];
        if (kind.SequenceEqual("VP8 "u8))
            return file[23..26] is [0x9D, 0x01, 0x2A] ? (Little16(file[26..]) & 0x3FFF, Little16(file[28..]) & 0x3FFF) : null;
        if (kind.SequenceEqual("VP8L"u8) && file[20] == 0x2F)
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(file[21..]);
            return ((int)(bits & 0x3FFF) + 1, (int)((bits >> 14) & 0x3FFF) + 1);
        }
        return kind.SequenceEqual("VP8X"u8) ? (Little24(file[24..]) + 1, Little24(file[27..]) + 1) : null;
    }

    // A side beyond what an int holds is beyond the limit as well.
    private static int Big32(ReadOnlySpan<byte> bytes) => (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(bytes), int.MaxValue / 8);

    private static int Little16(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static int Little24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);
}

internal abstract record IconVerdict
{
    private IconVerdict()
    {
    }

    /// <param name="Extension"><c>png</c>, <c>jpg</c> or <c>webp</c>.</param>
    public sealed record Fine(string Extension) : IconVerdict;

    /// <param name="Text">Key below <c>developers.</c> in Texts.json.</param>
    public sealed record Refused(string Text) : IconVerdict;
}
