using System.Buffers.Binary;

namespace Holdfast.Studio.Media;

/// <summary>Fetches the box with everything about a video, <c>moov</c>, from an MP4 or MOV file; what is shown in between stays where it is.</summary>
internal static class MovieBox
{
    /// <summary>Ten minutes of video have an index of some megabytes at the most.</summary>
    private const int Largest = 32 * 1024 * 1024;

    private const int MostBoxes = 1000;

    private static ReadOnlySpan<byte> Name => "moov"u8;

    /// <summary>The box alone, as a file of its own.</summary>
    /// <returns>Null when there is none, or none that makes sense.</returns>
    public static async Task<Stream?> ReadAsync(Stream file, CancellationToken aborted)
    {
        var (from, end, header) = (0L, file.Length, new byte[16]);
        (long From, int Size)? movie = null;
        // To the end of the file, for one that was cut off is no video, wherever its index is.
        for (var boxes = 0; end - from >= 8 && boxes < MostBoxes; boxes++)
        {
            file.Position = from;
            var length = await file.ReadAtLeastAsync(header, (int)Math.Min(header.Length, end - from), throwOnEndOfStream: false, aborted);
            if (SizeOf(header.AsSpan(0, length), end - from) is not { } size)
                return null;
            if (movie is null && header.AsSpan(4, 4).SequenceEqual(Name))
            {
                if (size > Largest)
                    return null;
                movie = (from, (int)size);
            }
            from += size;
        }
        return movie is var (at, bytes) ? await CopyAsync(file, at, bytes, aborted) : null;
    }

    /// <summary>The box's length; null when it cannot be as long as it says.</summary>
    private static long? SizeOf(ReadOnlySpan<byte> header, long left)
    {
        if (header.Length < 8)
            return null;
        long size = BinaryPrimitives.ReadUInt32BigEndian(header);
        var least = 8;
        if (size == 1)
        {
            if (header.Length < 16)
                return null;
            (size, least) = (BinaryPrimitives.ReadInt64BigEndian(header[8..]), 16);
        }
        else if (size == 0)
        {
            size = left;
        }
        return size < least || size > left ? null : size;
    }

    private static async Task<MemoryStream?> CopyAsync(Stream file, long from, int size, CancellationToken aborted)
    {
        var box = new byte[size];
        file.Position = from;
        return await file.ReadAtLeastAsync(box, size, throwOnEndOfStream: false, aborted) == size ? new MemoryStream(box, writable: false) : null;
    }
}
