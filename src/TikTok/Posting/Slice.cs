namespace Holdfast.TikTok.Posting;

/// <summary>The next so many bytes of a stream, read straight through; closing it leaves the stream open.</summary>
internal sealed class Slice(Stream source, long length) : Stream
{
    public long Missing { get; private set; } = length;
    public bool EndedEarly { get; private set; }
    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Took(await source.ReadAsync(Fitting(buffer), cancellationToken), buffer.Length);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => Took(source.Read(Fitting(buffer.AsMemory(offset, count)).Span), count);

    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private Memory<byte> Fitting(Memory<byte> buffer) => buffer.Length > Missing ? buffer[..(int)Missing] : buffer;

    private int Took(int read, int asked)
    {
        if (read == 0 && Missing > 0 && asked > 0)
        {
            EndedEarly = true;
            // Ending quietly would leave the server waiting for bytes until a deadline.
            throw new EndOfStreamException();
        }

        Missing -= read;
        return read;
    }
}
