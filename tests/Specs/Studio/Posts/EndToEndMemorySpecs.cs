using System.Buffers.Binary;
using System.Net.Http.Headers;
using Holdfast.Domain.Posts;
using Holdfast.Shell.Hosting;
using Holdfast.Specs.Platform.Posting;
using Holdfast.Studio.Posts;
using Holdfast.TikTok;

namespace Holdfast.Specs.Studio.Posts;

/// <summary>A video on its whole way over real sockets, browser to Studio to Platform: streams everywhere, so its size costs no memory.</summary>
[Collection(nameof(MemorySpecs))]
public sealed class EndToEndMemorySpecs(ITestOutputHelper output)
{
    private const long Allowed = 64L * 1024 * 1024;

    /// <summary>A gigabyte in <c>./test --soak</c>, else enough that a copy of it anywhere would show.</summary>
    private static long Size => Volume.Of(150_000_000, 1024 * 1024 * 1024);

    [Fact]
    public async Task A_video_goes_from_the_browser_to_the_Platform_within_64_MB_above_idle()
    {
        await using var tiktok = await ConnectedApp.OpenAsync();
        await using var studio = await SignedInStudio.StartAsync(tiktok.Platform.Clock.GetUtcNow());
        var connection = await ConnectAsync(studio, tiktok);
        await PublishAsync(studio, connection, tiktok, 2_000_000, "small");

        var (idle, before) = (Settled(), TestClock.System.GetTimestamp());
        using var watch = new PeakWatch();
        await PublishAsync(studio, connection, tiktok, Size, "large");
        var peak = watch.Stop();

        output.WriteLine($"table {Size:n0} bytes, idle {idle / 1048576.0:n1} MB, peak {peak / 1048576.0:n1} MB, above idle {(peak - idle) / 1048576.0:n1} MB, {TestClock.System.GetElapsedTime(before).TotalSeconds:n1} s");
        Assert.InRange(peak - idle, long.MinValue, Allowed);
    }

    private static async Task PublishAsync(SignedInStudio studio, string connection, ConnectedApp tiktok, long size, string caption)
    {
        var media = await UploadAsync(studio, size);
        var id = await studio.Service<PostStore>().AddAsync(studio.Workspace.Id, caption, new PostInput
        {
            ConnectionId = connection,
            MediaId = media,
            Caption = caption,
            Privacy = PrivacyRule.Everyone,
            Zone = "Europe/Berlin",
            DueAt = studio.Clock.GetUtcNow(),
            IsScheduled = true,
        }, "Maren");
        for (var tries = 0; await studio.FindAsync(id) is { State: not PostState.Published } post; tries++)
        {
            Assert.True(tries < 6_000 && post.State is not (PostState.Held or PostState.Failed), $"{post.State} {post.Hold} {post.FailureCode}");
            // Polling runs on the clock, the bytes do not.
            if (post.State is PostState.Processing)
            {
                studio.Clock.Advance(TimeSpan.FromSeconds(3));
                tiktok.Platform.Clock.Advance(TimeSpan.FromSeconds(3));
            }
            await Task.Delay(TimeSpan.FromMilliseconds(50), TestClock.System);
        }
    }

    private static async Task<string> UploadAsync(SignedInStudio studio, long size)
    {
        var token = (await studio.PageAsync("/compose")).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/media/") { Content = new StreamContent(new LongClip(ConnectedApp.Clip(), size)) };
        request.Headers.Add("X-Antiforgery", token);
        request.Headers.Add("X-File-Name", "long.mp4");
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        request.Content.Headers.ContentLength = size;
        using var answer = await studio.Http.SendAsync(request);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, body);
        return System.Text.Json.JsonDocument.Parse(body).RootElement.GetProperty("id").GetString()!;
    }

    /// <summary>The connection as the handshake leaves it, with tokens that this Platform really gave.</summary>
    private static async Task<string> ConnectAsync(SignedInStudio studio, ConnectedApp tiktok)
    {
        var app = tiktok.App;
        await studio.Service<Holdfast.Studio.Accounts.StudioTikTok>().SaveAsync(TikTokEndpoints.At(tiktok.Platform.App.BoundAddress()), new ClientCredentials(app.ClientKey, new ClientSecret(app.ClientSecret)));
        var grant = await tiktok.Platform.GrantAsync(app, tiktok.Creator, ConnectedApp.AllScopes);
        return await LiveConnection.AddAsync(studio.Service<IServiceProvider>(), studio.Workspace.Id, grant.Text("open_id"), studio.Clock.GetUtcNow(), grant.Access, grant.Refresh);
    }

    private static long Settled()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return Environment.WorkingSet;
    }

    /// <summary>Looks at the process every few milliseconds, whatever the others do.</summary>
    private sealed class PeakWatch : IDisposable
    {
        private readonly Timer timer;
        private long peak;

        public PeakWatch() => timer = new Timer(_ => peak = Math.Max(peak, Environment.WorkingSet), null, 0, 10);

        public long Stop()
        {
            Dispose();
            return Math.Max(peak, Environment.WorkingSet);
        }

        public void Dispose() => timer.Dispose();
    }

    /// <summary>A real clip with as many bytes behind it as are wanted, in a box that players skip.</summary>
    private sealed class LongClip : Stream
    {
        private readonly byte[] head;
        private readonly long length;
        private long at;

        public LongClip(byte[] clip, long length)
        {
            var box = new byte[8];
            BinaryPrimitives.WriteUInt32BigEndian(box, checked((uint)(length - clip.Length)));
            "free"u8.CopyTo(box.AsSpan(4));
            (head, this.length) = ([.. clip, .. box], length);
        }

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => length;
        public override long Position { get => at; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var given = (int)Math.Min(buffer.Length, length - at);
            var real = (int)Math.Clamp(head.Length - at, 0, given);
            head.AsSpan((int)Math.Min(at, head.Length), real).CopyTo(buffer);
            buffer[real..given].Clear();
            at += given;
            return given;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.FromResult(Read(buffer.AsSpan(offset, count)));

        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
