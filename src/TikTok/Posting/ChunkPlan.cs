namespace Holdfast.TikTok.Posting;

/// <summary>How a video is cut for the upload (tiktok-v2 §5.6, §10.3). The same size always gives the same plan, so an upload can go on after a restart.</summary>
/// <remarks>
/// TikTok does not say whether its megabyte has 1,000,000 or 1,048,576 bytes; these plans are inside both readings: up to 64,000,000 bytes go as one chunk,
/// more in chunks of 10,000,000 whose count is rounded down, the last taking the rest.
/// </remarks>
public sealed record ChunkPlan
{
    /// <summary>The largest video, in bytes: 4 GiB (§5.11).</summary>
    public const long LargestVideo = 4L * 1024 * 1024 * 1024;

    private const long LargestSingle = 64_000_000;
    private const long Cut = 10_000_000;

    private ChunkPlan(long videoSize, long chunkSize, int count) => (VideoSize, ChunkSize, Count) = (videoSize, chunkSize, count);

    /// <summary>The whole file in bytes.</summary>
    public long VideoSize { get; }

    /// <summary>Every chunk but the last has this many bytes.</summary>
    public long ChunkSize { get; }

    /// <summary>Number of chunks, 1 to 429.</summary>
    public int Count { get; }

    /// <summary>The plan for a file.</summary>
    /// <param name="videoSize">1 to <see cref="LargestVideo"/> bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">Empty or too large.</exception>
    public static ChunkPlan For(long videoSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(videoSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(videoSize, LargestVideo);
        return videoSize <= LargestSingle ? new(videoSize, videoSize, 1) : new(videoSize, Cut, (int)(videoSize / Cut));
    }

    /// <summary>One chunk.</summary>
    /// <param name="index">0 to <see cref="Count"/> − 1. Chunks go strictly in order.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such chunk.</exception>
    public Chunk this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            var first = index * ChunkSize;
            return new(index, first, index == Count - 1 ? VideoSize - first : ChunkSize);
        }
    }

    /// <summary>The chunk that goes on after so many bytes; null when that is no boundary. <see cref="Count"/> when all bytes are there.</summary>
    /// <param name="uploadedBytes">Bytes TikTok has, counted from the start.</param>
    public int? NextAfter(long uploadedBytes) =>
        uploadedBytes == VideoSize ? Count
        : uploadedBytes >= 0 && uploadedBytes % ChunkSize == 0 && uploadedBytes / ChunkSize < Count ? (int)(uploadedBytes / ChunkSize)
        : null;
}

/// <summary>A slice of the video.</summary>
/// <param name="Index">Zero-based.</param>
/// <param name="FirstByte">Offset of its first byte in the file.</param>
/// <param name="Length">Its bytes, more than zero.</param>
public readonly record struct Chunk(int Index, long FirstByte, long Length)
{
    /// <summary>Offset of its last byte in the file.</summary>
    public long LastByte => FirstByte + Length - 1;
}
