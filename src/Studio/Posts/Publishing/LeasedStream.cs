namespace Holdfast.Studio.Posts.Publishing;

/// <summary>A video on its way: as long as bytes flow, its worker keeps the claim; when they stall, the claim lapses and somebody else may go on.</summary>
internal sealed class LeasedStream(Stream video, Func<Task<bool>> renew, TimeProvider clock) : Stream
{
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(20);

    private DateTimeOffset renewedAt = clock.GetUtcNow();

    /// <summary>Somebody else carries this video now.</summary>
    public bool IsLost { get; private set; }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => video.Length;
    public override long Position { get => video.Position; set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (clock.GetUtcNow() is var now && now - renewedAt >= RenewEvery)
        {
            renewedAt = now;
            IsLost = IsLost || !await renew();
        }
        if (IsLost)
            throw new IOException("Another worker has taken this upload over.");
        return await video.ReadAsync(buffer, cancellationToken);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A video is read asynchronously.");
    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
