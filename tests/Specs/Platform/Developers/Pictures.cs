using System.Buffers.Binary;

namespace Holdfast.Specs.Platform.Developers;

/// <summary>The smallest heads that say how large a picture is.</summary>
internal static class Pictures
{
    public static byte[] Png(int width, int height)
    {
        byte[] file = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 0, 0, 0, 0, 0, 0, 8, 6, 0, 0, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(20), height);
        return file;
    }

    public static byte[] Jpeg(int width, int height) =>
    [
        0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF"u8, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0,
        0xFF, 0xFF, 0xC2, 0, 17, 8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1,
    ];

    /// <param name="kind">The first chunk: <c>VP8 </c>, <c>VP8L</c> or <c>VP8X</c>.</param>
    public static byte[] Webp(string kind, int width, int height)
    {
        var file = new byte[40];
        "RIFF"u8.CopyTo(file);
        "WEBP"u8.CopyTo(file.AsSpan(8));
        System.Text.Encoding.ASCII.GetBytes(kind).CopyTo(file, 12);
        switch (kind)
        {
            case "VP8 ":
                new byte[] { 0x9D, 0x01, 0x2A }.CopyTo(file, 23);
                BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(26), (ushort)width);
                BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(28), (ushort)height);
                break;
            case "VP8L":
                file[20] = 0x2F;
                BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(21), (uint)(width - 1) | ((uint)(height - 1) << 14));
                break;
            default:
                BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(24), width - 1);
                BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(27), height - 1);
                break;
        }
        return file;
    }
}
