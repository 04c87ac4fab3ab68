using System.Buffers.Binary;
using Holdfast.Studio.Media;

namespace Holdfast.Specs.Studio.Media;

/// <summary>A video that lies elsewhere is judged as one on the disk, from a few kilobytes of it.</summary>
public sealed class MovieBoxSpecs
{
    private static readonly Samples Clips = new();

    [Fact]
    public async Task Our_clips_are_judged_alike_however_few_bytes_come_at_a_time()
    {
        foreach (var sample in Clips.All)
        {
            await using var video = sample.OpenVideo()!;
            Assert.Equal(sample.Facts, await VideoFacts.ReadAsync(video, default));
            await using var trickling = new Sips(await BytesAsync(sample), most: 9);
            Assert.Equal(sample.Facts, await VideoFacts.ReadAsync(trickling, default));
        }
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task A_video_whose_index_comes_first_is_taken_and_one_that_was_cut_off_is_not(bool isCut, bool isTaken)
    {
        var sample = Clips.All[0];
        var bytes = IndexFirst(await BytesAsync(sample), isLarge: false);

        var facts = await VideoFacts.ReadAsync(new MemoryStream(isCut ? bytes[..^1000] : bytes), default);

        Assert.Equal(isTaken ? sample.Facts : null, facts);
    }

    [Fact]
    public async Task A_box_whose_length_takes_64_bits_is_read_however_few_bytes_come_at_a_time()
    {
        var sample = Clips.All[0];

        Assert.Equal(sample.Facts, await VideoFacts.ReadAsync(new Sips(IndexFirst(await BytesAsync(sample), isLarge: true), most: 9), default));
    }

    [Fact]
    public async Task An_index_that_claims_to_be_huge_is_not_fetched()
    {
        byte[] head = [0, 0, 0, 16, .. "ftypisom"u8, 0, 0, 0, 0];
        var file = new byte[40_000_000];
        head.CopyTo(file, 0);
        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(16), (uint)file.Length - 16);
        "moov"u8.CopyTo(file.AsSpan(20));

        Assert.Null(await VideoFacts.ReadAsync(new MemoryStream(file), default));
    }

    private static async Task<byte[]> BytesAsync(Sample sample)
    {
        using var whole = new MemoryStream();
        await using var video = sample.OpenVideo()!;
        await video.CopyToAsync(whole);
        return whole.ToArray();
    }

    /// <summary>The same boxes, those that are shown last; as programs write them that export for the web, or for very long videos.</summary>
    private static byte[] IndexFirst(byte[] file, bool isLarge)
    {
        var boxes = new List<(string Name, byte[] Bytes)>();
        for (var at = 0; at < file.Length;)
        {
            var size = (int)BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
            boxes.Add((System.Text.Encoding.ASCII.GetString(file, at + 4, 4), file[at..(at + size)]));
            at += size;
        }
        var shown = boxes.Single(box => box.Name == "mdat").Bytes;
        var large = new byte[16 + shown.Length - 8];
        (large[3], large[4], large[5], large[6], large[7]) = (1, (byte)'m', (byte)'d', (byte)'a', (byte)'t');
        BinaryPrimitives.WriteInt64BigEndian(large.AsSpan(8), large.Length);
        shown.AsSpan(8).CopyTo(large.AsSpan(16));
        return
        [
            .. boxes.Where(box => box.Name is "ftyp").SelectMany(box => box.Bytes),
            .. isLarge ? large : [],
            .. boxes.Where(box => box.Name is "moov").SelectMany(box => box.Bytes),
            .. isLarge ? [] : shown,
        ];
    }

    private sealed class Sips(byte[] bytes, int most) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => base.ReadAsync(buffer[..Math.Min(buffer.Length, most)], cancellationToken);
    }
}
