using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Holdfast.Platform.Posting;
using Holdfast.Platform.Tokens;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Posting;

public sealed class UploadSpecs
{
    private const int Chunk = 5_000_000;
    private const int Size = 11_000_000; // two chunks: 5,000,000 and 6,000,000

    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    private static byte[] Bytes(int count, int from = 0) => [.. Enumerable.Range(from, count).Select(at => (byte)(at % 251))];

    private static async Task<(string PublishId, string Url)> BeginAsync(ConnectedApp client)
    {
        var begun = await client.InitAsync(Size, Chunk, 2);
        Assert.Equal("ok", begun.Code);
        return (begun.Data("publish_id"), begun.Data("upload_url"));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Chunks_in_order_are_taken_and_the_last_one_completes(Engine engine)
    {
        await using var client = await ConnectedApp.OpenAsync(engine: engine);
        var (publishId, url) = await BeginAsync(client);

        Assert.Equal(new PutReply(206, "bytes 0-4999999/11000000", ""), await client.PutAsync(url, Bytes(Chunk), "bytes 0-4999999/11000000"));
        Assert.Equal("5000000", (await client.StatusAsync(publishId)).Data("uploaded_bytes"));
        Assert.Equal(new PutReply(201, "bytes 0-10999999/11000000", ""), await client.PutAsync(url, Bytes(6_000_000, Chunk), "bytes 5000000-10999999/11000000"));

        var row = await client.Platform.Service<UploadStore>().FindByPublishIdAsync(publishId, CancellationToken.None);
        Assert.Equal(Size, row!.ReceivedBytes);
    }

    [Fact]
    public async Task A_chunk_out_of_order_or_sent_again_gets_416_and_how_far_we_are()
    {
        await using var client = await ConnectedApp.OpenAsync();
        var (_, url) = await BeginAsync(client);

        Assert.Equal(new PutReply(416, "bytes */11000000", ""), await client.PutAsync(url, Bytes(6_000_000), "bytes 5000000-10999999/11000000"));
        Assert.Equal(206, (await client.PutAsync(url, Bytes(Chunk), "bytes 0-4999999/11000000")).Status);
        Assert.Equal(new PutReply(416, "bytes 0-4999999/11000000", ""), await client.PutAsync(url, Bytes(Chunk), "bytes 0-4999999/11000000"));
    }

    [Theory]
    [InlineData("bytes 0-4999999/11000001", "video/mp4")] // another total
    [InlineData("bytes 0-4999998/11000000", "video/mp4")] // range and body differ
    [InlineData("bytes 0-10999999/11000000", "video/mp4")]
    [InlineData("bytes=0-4999999/11000000", "video/mp4")]
    [InlineData("bytes 0-4999999/11000000", "application/octet-stream")]
    public async Task A_chunk_with_wrong_headers_gets_400_and_moves_nothing(string range, string type)
    {
        await using var client = await ConnectedApp.OpenAsync();
        var (publishId, url) = await BeginAsync(client);

        Assert.Equal(400, (await client.PutAsync(url, Bytes(Chunk), range, type)).Status);
        Assert.Equal("0", (await client.StatusAsync(publishId)).Data("uploaded_bytes"));
    }

    [Fact]
    public async Task A_chunk_of_another_length_than_announced_gets_400()
    {
        await using var client = await ConnectedApp.OpenAsync();
        var (_, url) = await BeginAsync(client);
        Assert.Equal(400, (await client.PutAsync(url, Bytes(1000), "bytes 0-999/11000000")).Status);
    }

    [Fact]
    public async Task An_upload_url_is_dead_after_an_hour_and_its_post_has_failed()
    {
        await using var client = await ConnectedApp.OpenAsync();
        var (publishId, url) = await BeginAsync(client);
        Assert.Equal(206, (await client.PutAsync(url, Bytes(Chunk), "bytes 0-4999999/11000000")).Status);

        client.Platform.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(403, (await client.PutAsync(url, Bytes(6_000_000), "bytes 5000000-10999999/11000000")).Status);
        var status = await client.FinalAsync(publishId);
        Assert.Equal(("FAILED", "internal"), (status.Data("status"), status.Data("fail_reason")));
    }

    [Fact]
    public async Task Nobody_uploads_without_the_token_of_the_url_and_only_its_digest_is_stored()
    {
        await using var client = await ConnectedApp.OpenAsync();
        var (publishId, url) = await BeginAsync(client);
        var token = url[(url.IndexOf("upload_token=", StringComparison.Ordinal) + 13)..];

        Assert.Equal(404, (await client.PutAsync(url[..^1] + (url[^1] == 'x' ? 'y' : 'x'), Bytes(Chunk), "bytes 0-4999999/11000000")).Status);
        Assert.Equal(404, (await client.PutAsync(url.Replace("upload_id=7", "upload_id=8", StringComparison.Ordinal), Bytes(Chunk), "bytes 0-4999999/11000000")).Status);
        Assert.Equal(404, (await client.PutAsync("/video/", Bytes(10), "bytes 0-9/10")).Status);
        Assert.Equal(TokenText.Digest(token), (await client.Platform.Service<UploadStore>().FindByPublishIdAsync(publishId, CancellationToken.None))!.TokenDigest);
    }

    [Fact]
    public async Task A_chunk_cut_off_in_the_middle_counts_nothing_and_the_same_chunk_goes_through_afterwards()
    {
        // These bytes are no video: what the checks throw away could not be measured any more.
        await using var client = await ConnectedApp.OpenAsync(posting: options => options.ProcessingFor = TimeSpan.FromHours(1));
        var (publishId, url) = await BeginAsync(client);
        Assert.Equal(206, (await client.PutAsync(url, Bytes(Chunk), "bytes 0-4999999/11000000")).Status);

        await CutOffAsync(new Uri(url), "bytes 5000000-10999999/11000000", 6_000_000, sent: 2_000_000);

        Assert.Equal("5000000", (await client.StatusAsync(publishId)).Data("uploaded_bytes"));
        Assert.Equal(201, (await client.PutAsync(url, Bytes(6_000_000, Chunk), "bytes 5000000-10999999/11000000")).Status);
        var row = await client.Platform.Service<UploadStore>().FindByPublishIdAsync(publishId, CancellationToken.None);
        await using var blob = (await client.Platform.Service<Holdfast.Storage.Blobs.IBlobStore>().OpenReadAsync(row!.BlobKey, CancellationToken.None))!;
        Assert.Equal(Size, blob.Length);
    }

    [Fact]
    public async Task A_retry_takes_over_from_a_request_that_hangs()
    {
        await using var client = await ConnectedApp.OpenAsync();
        var (_, url) = await BeginAsync(client);

        using var hanging = await StartAsync(new Uri(url), "bytes 0-4999999/11000000", Chunk, sent: 1_000_000);

        Assert.Equal(206, (await client.PutAsync(url, Bytes(Chunk), "bytes 0-4999999/11000000")).Status);
        Assert.Equal(201, (await client.PutAsync(url, Bytes(6_000_000, Chunk), "bytes 5000000-10999999/11000000")).Status);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Of_two_acknowledgements_of_one_chunk_one_counts(Engine engine)
    {
        await using var client = await ConnectedApp.OpenAsync(engine: engine);
        var (publishId, _) = await BeginAsync(client);
        var uploads = client.Platform.Service<UploadStore>();
        var row = (await uploads.FindByPublishIdAsync(publishId, CancellationToken.None))!;

        var answers = await Task.WhenAll(uploads.AcknowledgeAsync(row, 0, Chunk), uploads.AcknowledgeAsync(row, 0, Chunk));

        Assert.Single(answers, counted => counted);
    }

    [Fact]
    public async Task A_large_upload_streams_through_without_growing_memory()
    {
        const long size = 300_000_000;
        await using var client = await ConnectedApp.OpenAsync();
        var begun = await client.InitAsync(size, 50_000_000, 6);
        GC.Collect();
        var before = System.Diagnostics.Process.GetCurrentProcess().WorkingSet64;
        long peak = 0;

        for (long first = 0; first < size; first += 50_000_000)
        {
            using var content = new StreamContent(new Zeros(50_000_000), 64 * 1024);
            content.Headers.TryAddWithoutValidation("Content-Type", "video/mp4");
            content.Headers.TryAddWithoutValidation("Content-Range", $"bytes {first}-{first + 49_999_999}/{size}");
            content.Headers.ContentLength = 50_000_000;
            using var answer = await client.Platform.Http.PutAsync(begun.Data("upload_url"), content);
            Assert.True(answer.IsSuccessStatusCode);
            using var process = System.Diagnostics.Process.GetCurrentProcess();
            peak = Math.Max(peak, process.WorkingSet64);
        }

        Assert.True(peak - before < 64 * 1024 * 1024, $"Memory grew by {(peak - before) / 1024 / 1024} MB.");
    }

    private static async Task CutOffAsync(Uri url, string range, int length, int sent)
    {
        using (await StartAsync(url, range, length, sent))
        {
        }
        await Task.Delay(TimeSpan.FromMilliseconds(200), TestClock.System); // the server notices on its own time
    }

    /// <summary>Sends the head and a part of the body, and then nothing more.</summary>
    private static async Task<TcpClient> StartAsync(Uri url, string range, int length, int sent)
    {
        var client = new TcpClient();
        await client.ConnectAsync(url.Host, url.Port);
        var stream = client.GetStream();
        var head = string.Create(CultureInfo.InvariantCulture, $"PUT {url.PathAndQuery} HTTP/1.1\r\nHost: {url.Authority}\r\nContent-Type: video/mp4\r\nContent-Length: {length}\r\nContent-Range: {range}\r\n\r\n");
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
        await stream.WriteAsync(Bytes(sent));
        await stream.FlushAsync();
        await Task.Delay(TimeSpan.FromMilliseconds(200), TestClock.System);
        return client;
    }

    /// <summary>That many zeros, without holding them.</summary>
    private sealed class Zeros(long length) : Stream
    {
        private long left = length;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var some = (int)Math.Min(count, left);
            Array.Clear(buffer, offset, some);
            left -= some;
            return some;
        }

        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
