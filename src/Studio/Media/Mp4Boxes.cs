using System.Buffers.Binary;
using System.Text;

namespace Holdfast.Studio.Media;

/// <summary>Reads length, size, codec and frame rate from the boxes of an MP4 or MOV file.</summary>
/// <remarks>Seeks from header to header, so a file of gigabytes costs a few kilobytes. What a file claims is not trusted: every walk is bounded.</remarks>
internal sealed class Mp4Boxes
{
    private const int MostBoxes = 20_000;
    private const int MostEntries = 200_000;
    private const int Deepest = 8;

    private readonly Stream file;
    private int boxes;
    private uint movieScale;
    private ulong movieLength;
    private Track track = new();
    private Track? video;

    private Mp4Boxes(Stream file) => this.file = file;

    /// <returns>Null when the file has no picture track or its boxes make no sense.</returns>
    public static VideoFacts? Read(Stream file)
    {
        var reader = new Mp4Boxes(file);
        try
        {
            reader.Walk(0, file.Length, 0);
        }
        catch (EndOfStreamException)
        {
            return null;
        }
        if (reader.video is not { } found)
            return null;
        var seconds = reader.movieScale > 0 && reader.movieLength > 0 ? (double)reader.movieLength / reader.movieScale : found.Seconds;
        return new(
            VideoFacts.Mp4,
            seconds is > 0 and < 1_000_000 ? TimeSpan.FromSeconds(seconds) : null,
            found.Width,
            found.Height,
            found.Codec,
            found.Seconds > 0 && found.Frames > 1 ? found.Frames / found.Seconds : null);
    }

    private void Walk(long from, long to, int depth)
    {
        Span<byte> header = stackalloc byte[16];
        while (to - from >= 8 && boxes++ < MostBoxes)
        {
            file.Position = from;
            file.ReadExactly(header[..8]);
            long size = BinaryPrimitives.ReadUInt32BigEndian(header);
            var body = from + 8;
            if (size == 1)
            {
                file.ReadExactly(header[8..16]);
                size = BinaryPrimitives.ReadInt64BigEndian(header[8..]);
                body += 8;
            }
            else if (size == 0)
            {
                size = to - from;
            }
            if (size < body - from || size > to - from)
                throw new EndOfStreamException();
            Take(Encoding.ASCII.GetString(header.Slice(4, 4)), body, from + size, depth);
            from += size;
        }
    }

    private void Take(string type, long body, long end, int depth)
    {
        switch (type)
        {
            case "trak" when depth < Deepest:
                track = new();
                Walk(body, end, depth + 1);
                if (track.IsVideo)
                    video ??= track;
                break;
            case "moov" or "mdia" or "minf" or "stbl" when depth < Deepest:
                Walk(body, end, depth + 1);
                break;
            case "mvhd":
                (movieScale, movieLength) = Times(body, end);
                break;
            case "mdhd":
                (track.Scale, track.Length) = Times(body, end);
                break;
            case "tkhd":
                // Width and height are the last two fields, in 16.16 fixed point.
                var size = Bytes(end - 8, 8, end);
                track.Width = BinaryPrimitives.ReadUInt32BigEndian(size) >> 16;
                track.Height = BinaryPrimitives.ReadUInt32BigEndian(size.AsSpan(4)) >> 16;
                break;
            case "hdlr":
                track.IsVideo |= Bytes(body + 8, 4, end).AsSpan().SequenceEqual("vide"u8);
                break;
            case "stsd":
                track.Codec ??= Encoding.ASCII.GetString(Bytes(body + 12, 4, end));
                break;
            case "stts":
                track.Frames = Frames(body, end);
                break;
        }
    }

    private (uint Scale, ulong Length) Times(long body, long end)
    {
        if (Bytes(body, 1, end)[0] == 1)
        {
            var wide = Bytes(body + 20, 12, end);
            return (BinaryPrimitives.ReadUInt32BigEndian(wide), BinaryPrimitives.ReadUInt64BigEndian(wide.AsSpan(4)));
        }
        var narrow = Bytes(body + 12, 8, end);
        return (BinaryPrimitives.ReadUInt32BigEndian(narrow), BinaryPrimitives.ReadUInt32BigEndian(narrow.AsSpan(4)));
    }

    private long Frames(long body, long end)
    {
        var entries = Math.Min(BinaryPrimitives.ReadUInt32BigEndian(Bytes(body + 4, 4, end)), MostEntries);
        long frames = 0;
        Span<byte> entry = stackalloc byte[8];
        file.Position = body + 8;
        for (var i = 0; i < entries && file.Position + 8 <= end; i++)
        {
            file.ReadExactly(entry);
            frames += BinaryPrimitives.ReadUInt32BigEndian(entry);
        }
        return frames;
    }

    private byte[] Bytes(long at, int count, long end)
    {
        if (at + count > end)
            throw new EndOfStreamException();
        file.Position = at;
        var bytes = new byte[count];
        file.ReadExactly(bytes);
        return bytes;
    }

    private sealed class Track
    {
        public bool IsVideo { get; set; }
        public uint Scale { get; set; }
        public ulong Length { get; set; }
        public long Width { get; set; }
        public long Height { get; set; }
        public string? Codec { get; set; }
        public long Frames { get; set; }

        public double Seconds => Scale > 0 ? (double)Length / Scale : 0;
    }
}
