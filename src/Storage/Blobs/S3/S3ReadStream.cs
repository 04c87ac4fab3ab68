using Amazon.S3.Model;

namespace Holdfast.Storage.Blobs.S3;

/// <summary>Reads an object from wherever it is told to: one answer is read on as long as nobody seeks, and one that is cut off is asked for again from there.</summary>
/// <param name="open">Asks for everything from a position on.</param>
internal sealed class S3ReadStream(long length, TimeProvider clock, Func<long, CancellationToken, Task<GetObjectResponse>> open) : Stream
{
    /// <summary>An answer that brings nothing for so long has ended.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    private const int Tries = 3;

    private GetObjectResponse? answer;

    /// <summary>The place in the object that the answer has come to.</summary>
    private long answered;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position { get; set; }

    /// <exception cref="IOException">The store refused, or did not answer.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.Length == 0 || Position >= length)
            return 0;
        for (var tries = 1; ; tries++)
        {
            if (answered != Position)
                Drop();
            (answer, answered) = (answer ?? await open(Position, cancellationToken), Position);
            using var late = new CancellationTokenSource(Silence, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
            try
            {
                if (await answer.ResponseStream.ReadAsync(buffer, either.Token) is > 0 and var count)
                {
                    answered = Position += count;
                    return count;
                }
                throw new IOException("The answer ended before its last byte.");
            }
            catch (Exception cut) when (cut is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                Drop();
                if (tries == Tries)
                    throw new BlobStoreException($"The media store's answer was cut off: {cut.GetBaseException().Message}", inner: cut);
            }
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Begin => 0,
        SeekOrigin.Current => Position,
        _ => length,
    };

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("What lies elsewhere is read asynchronously.");

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Drop();
        base.Dispose(disposing);
    }

    private void Drop()
    {
        answer?.Dispose();
        answer = null;
    }
}
