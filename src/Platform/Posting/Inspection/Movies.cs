using System.Buffers.Binary;

namespace Holdfast.Platform.Posting.Inspection;

/// <summary>Reads a video file's own description, by seeking: never more than a few kilobytes at a time.</summary>
internal static class Movies
{
    /// <summary>What the file says; <c>null</c> when it is not MP4, MOV or WebM, is cut off, or contradicts itself.</summary>
    public static async Task<MovieFacts?> ReadAsync(Stream file, CancellationToken stopping)
    {
        try
        {
            var head = new byte[8];
            file.Position = 0;
            await file.ReadExactlyAsync(head, stopping);
            return BinaryPrimitives.ReadUInt32BigEndian(head) == WebmReader.Signature
                ? await WebmReader.ReadAsync(file, stopping)
                : await new Mp4Reader(file).ReadAsync(stopping);
        }
        catch (Exception broken) when (broken is EndOfStreamException or InvalidDataException)
        {
            return null;
        }
    }
}
