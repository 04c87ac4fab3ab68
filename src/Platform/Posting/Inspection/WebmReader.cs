using System.Buffers.Binary;
using System.Text;

namespace Holdfast.Platform.Posting.Inspection;

/// <summary>Reads a WebM's header (RFC 8794, RFC 9559): the document type, then <c>Info</c> and <c>Tracks</c> up to the first cluster.</summary>
internal static class WebmReader
{
    public const uint Signature = 0x1A45DFA3;

    private const uint DocType = 0x4282, Segment = 0x18538067, Info = 0x1549A966, TimestampScale = 0x2AD7B1, Duration = 0x4489,
        Tracks = 0x1654AE6B, TrackEntry = 0xAE, TrackType = 0x83, CodecId = 0x86, DefaultDuration = 0x23E383, Video = 0xE0,
        PixelWidth = 0xB0, PixelHeight = 0xBA, Cluster = 0x1F43B675;

    private const int MostElements = 10_000;
    private const int LongestValue = 64;
    private const int DeepestElement = 8;

    public static async Task<MovieFacts?> ReadAsync(Stream file, CancellationToken stopping)
    {
        var found = new Found();
        var left = MostElements;
        await WalkAsync(file, 0, file.Length, 0);
        return found.IsWebm && found.SawMedia && found.Codec is not null
            ? new MovieFacts
            {
                ContentType = "video/webm",
                Codec = found.Codec,
                Width = found.Width,
                Height = found.Height,
                Duration = found.Duration is { } ticks ? Mp4Track.Seconds(ticks * found.Scale / 1e9) : null,
                FramesPerSecond = found.FrameNanoseconds is > 0 and var frame ? 1e9 / frame : null,
            }
            : null;

        async Task<bool> WalkAsync(Stream stream, long from, long to, int depth)
        {
            // A file of elements in elements must not be able to eat our stack.
            if (depth > DeepestElement)
                throw new InvalidDataException("The elements lie too deep.");
            while (from < to)
            {
                if (--left < 0)
                    throw new InvalidDataException("Too many elements.");
                stream.Position = from;
                var id = (uint)await NumberAsync(stream, keepMarker: true, stopping);
                var size = await NumberAsync(stream, keepMarker: false, stopping);
                var start = stream.Position;
                // An unknown size (all ones) is a live recording's; it ends where its parent ends.
                var end = size == ulong.MaxValue ? to : start + (long)Math.Min(size, (ulong)(to - start) + 1);
                if (id == Cluster)
                {
                    found.SawMedia = true;
                    return false; // everything we ask about stands before the pictures
                }
                if (end > to)
                    throw new InvalidDataException("An element does not fit.");
                if (id is Signature or Segment or Info or Tracks or TrackEntry or Video)
                {
                    if (id == TrackEntry)
                        found.BeginTrack();
                    if (!await WalkAsync(stream, start, end, depth + 1))
                        return false;
                }
                else if (id is DocType or TimestampScale or Duration or TrackType or CodecId or DefaultDuration or PixelWidth or PixelHeight && end - start <= LongestValue)
                {
                    var value = new byte[end - start];
                    stream.Position = start;
                    await stream.ReadExactlyAsync(value, stopping);
                    found.Take(id, value);
                }
                from = end;
            }
            return true;
        }
    }

    /// <summary>A variable-size number; all ones is <see cref="ulong.MaxValue"/>.</summary>
    private static async Task<ulong> NumberAsync(Stream file, bool keepMarker, CancellationToken stopping)
    {
        var bytes = new byte[8];
        await file.ReadExactlyAsync(bytes.AsMemory(0, 1), stopping);
        var length = byte.LeadingZeroCount(bytes[0]) + 1;
        if (length > (keepMarker ? 4 : 8))
            throw new InvalidDataException("A number is too long.");
        await file.ReadExactlyAsync(bytes.AsMemory(1, length - 1), stopping);
        var all = Unsigned(bytes.AsSpan(0, length));
        var mask = (1UL << (7 * length)) - 1;
        return keepMarker ? all : (all & mask) == mask ? ulong.MaxValue : all & mask;
    }

    private static ulong Unsigned(ReadOnlySpan<byte> bytes)
    {
        ulong number = 0;
        foreach (var one in bytes)
            number = (number << 8) | one;
        return number;
    }

    private sealed class Found
    {
        private bool isVideo;

        public bool IsWebm { get; private set; }
        public bool SawMedia { get; set; }
        public double Scale { get; private set; } = 1_000_000;
        public double? Duration { get; private set; }
        public string? Codec { get; private set; }
        public int? Width { get; private set; }
        public int? Height { get; private set; }
        public double? FrameNanoseconds { get; private set; }

        public void BeginTrack() => isVideo = Codec is null;

        public void Take(uint id, byte[] value)
        {
            switch (id)
            {
                case DocType: IsWebm = Encoding.ASCII.GetString(value).TrimEnd('\0') == "webm"; break;
                case TimestampScale: Scale = Unsigned(value); break;
                case WebmReader.Duration: Duration = value.Length == 4 ? BinaryPrimitives.ReadSingleBigEndian(value) : value.Length == 8 ? BinaryPrimitives.ReadDoubleBigEndian(value) : null; break;
                case CodecId when isVideo && Encoding.ASCII.GetString(value) is ['V', '_', ..] codec: Codec = codec.TrimEnd('\0'); break;
                case PixelWidth when isVideo: Width = (int)Math.Min(Unsigned(value), int.MaxValue); break;
                case PixelHeight when isVideo: Height = (int)Math.Min(Unsigned(value), int.MaxValue); break;
                case DefaultDuration when isVideo && Codec is not null: FrameNanoseconds = Unsigned(value); break;
            }
        }
    }
}
