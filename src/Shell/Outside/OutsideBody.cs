namespace Holdfast.Shell.Outside;

/// <summary>The body of an answer, read as it comes, within the time it was given.</summary>
public sealed class OutsideBody(HttpResponseMessage answer, Stream bytes, CancellationTokenSource late) : IAsyncDisposable
{
    /// <summary>What the other side says it will send; <c>null</c> when it does not say. Count for yourself.</summary>
    public long? Length => answer.Content.Headers.ContentLength;

    public string? ContentType => answer.Content.Headers.ContentType?.MediaType;

    /// <summary>The next bytes; 0 at the end.</summary>
    /// <exception cref="OutsideReadException">The time is over or the answer broke off.</exception>
    public async ValueTask<int> ReadAsync(Memory<byte> into, CancellationToken aborted)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, aborted);
        try
        {
            return await bytes.ReadAsync(into, either.Token);
        }
        catch (OperationCanceledException slow) when (!aborted.IsCancellationRequested)
        {
            throw new OutsideReadException(OutsideFailure.TimedOut, slow);
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException)
        {
            throw new OutsideReadException(OutsideFailure.Broken, broken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await bytes.DisposeAsync();
        answer.Dispose();
        late.Dispose();
    }
}

/// <summary>A body that was promised and did not come whole.</summary>
public sealed class OutsideReadException(OutsideFailure failure, Exception inner) : Exception($"The answer could not be read: {failure}", inner)
{
    public OutsideFailure Failure => failure;
}
