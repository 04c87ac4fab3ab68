using Holdfast.Storage.Blobs;
using Holdfast.Storage.Blobs.S3;

namespace Holdfast.Specs.Storage.Blobs;

/// <summary>What holds wherever media lie: in a folder of ours and in somebody else's bucket.</summary>
public sealed class BlobStoreSpecs(S3Server server) : IClassFixture<S3Server>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("holdfast-blobs").FullName;

    public enum Place
    {
        Folder,
        Bucket,
    }

    public static TheoryData<Place> Places => [Place.Folder, Place.Bucket];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory, MemberData(nameof(Places))]
    public async Task What_is_written_is_read_from_any_place_on(Place place)
    {
        var blobs = Open(place);
        var bytes = Some(300_000);

        Assert.Equal(bytes.Length, await blobs.WriteAsync("videos/one", new MemoryStream(bytes), bytes.Length, default));

        Assert.Equal(bytes.Length, await blobs.LengthAsync("videos/one", default));
        await using var read = (await blobs.OpenReadAsync("videos/one", default))!;
        Assert.Equal(bytes, await AllAsync(read));
        foreach (var from in (int[])[299_999, 0, 150_000, 150_001])
        {
            read.Position = from;
            var got = new byte[Math.Min(1000, bytes.Length - from)];
            await read.ReadExactlyAsync(got);
            Assert.Equal(bytes[from..(from + got.Length)], got);
            Assert.Equal(from + got.Length, read.Position);
        }
        read.Seek(0, SeekOrigin.End);
        Assert.Equal(0, await read.ReadAsync(new byte[10]));
    }

    [Theory, MemberData(nameof(Places))]
    public async Task A_video_of_many_parts_comes_back_whole_and_a_new_one_takes_its_place(Place place)
    {
        var blobs = Open(place);
        foreach (var length in (int[])[S3BlobStore.PartSize, (2 * S3BlobStore.PartSize) + 12_345])
        {
            var bytes = Some(length);
            Assert.Equal(length, await blobs.WriteAsync("videos/long", new Trickle(bytes), length, default));
            await using var read = (await blobs.OpenReadAsync("videos/long", default))!;
            Assert.Equal(bytes, await AllAsync(read));
        }
    }

    [Theory, MemberData(nameof(Places))]
    public async Task More_than_is_allowed_is_refused_and_nothing_whole_is_there(Place place)
    {
        var blobs = Open(place);
        foreach (var length in (int[])[1001, S3BlobStore.PartSize + 1, (2 * S3BlobStore.PartSize) + 1])
        {
            var refused = await Assert.ThrowsAsync<BlobTooLargeException>(() => blobs.WriteAsync("videos/large", new MemoryStream(Some(length)), length - 1, default));
            Assert.Equal(length - 1, refused.Limit);
            Assert.True(await blobs.LengthAsync("videos/large", default) is null or 0);
        }
        Assert.DoesNotContain(server.Files, file => file.Contains("videos", StringComparison.Ordinal) && file.Contains("large", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Places))]
    public async Task A_sender_that_goes_away_is_heard_of_by_its_own_words(Place place)
    {
        var blobs = Open(place);
        await Assert.ThrowsAsync<EndOfStreamException>(() => blobs.WriteAsync("videos/half", new Trickle(Some(S3BlobStore.PartSize + 5000), breaks: true), long.MaxValue, default));
    }

    [Theory, MemberData(nameof(Places))]
    public async Task What_is_deleted_is_gone_and_what_was_never_there_is_no_trouble(Place place)
    {
        var blobs = Open(place);
        await blobs.WriteAsync("covers/one.jpg", new MemoryStream([1, 2, 3]), 3, default);

        await blobs.DeleteAsync("covers/one.jpg");
        await blobs.DeleteAsync("covers/one.jpg");

        Assert.Null(await blobs.LengthAsync("covers/one.jpg", default));
        Assert.Null(await blobs.OpenReadAsync("covers/one.jpg", default));
    }

    [Theory, MemberData(nameof(Places))]
    public async Task No_name_leads_out_of_the_store(Place place)
    {
        var blobs = Open(place);
        foreach (var key in (string[])["../studio.db", "videos/../../studio.db", "/etc/passwd", "videos//one", ".hidden", "Videos/One", "videos\\one", ""])
        {
            await Assert.ThrowsAsync<ArgumentException>(() => blobs.WriteAsync(key, new MemoryStream(), 1, default));
            await Assert.ThrowsAsync<ArgumentException>(() => blobs.OpenReadAsync(key, default));
            await Assert.ThrowsAsync<ArgumentException>(async () => await blobs.DeleteAsync(key));
        }
    }

    private IBlobStore Open(Place place) => place is Place.Folder ? new DirectoryBlobStore(folder) : new S3BlobStore(server.Options, TestClock.System);

    internal static byte[] Some(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    internal static async Task<byte[]> AllAsync(Stream stream)
    {
        using var whole = new MemoryStream();
        await stream.CopyToAsync(whole);
        return whole.ToArray();
    }

    /// <summary>Bytes as a network brings them, and perhaps not all of them.</summary>
    private sealed class Trickle(byte[] bytes, bool breaks = false) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            breaks && Position > Length - 3000 ? throw new EndOfStreamException() : base.ReadAsync(buffer[..Math.Min(buffer.Length, 70_001)], cancellationToken);
    }
}
