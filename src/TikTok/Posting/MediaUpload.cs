using System.Globalization;
using System.Net.Http.Headers;

namespace Holdfast.TikTok.Posting;

/// <summary>Carries a video's bytes to TikTok (tiktok-v2 §5.6), chunk by chunk, through a small buffer: memory does not grow with the chunk.</summary>
public sealed class MediaUpload
{
    // Undocumented and empty in practice; read only so that the connection can be used again.
    private const int AnswerLimit = 64 * 1024;

    private readonly Wire wire;
    private readonly TimeSpan deadline;

    internal MediaUpload(Wire wire, TimeSpan deadline) => (this.wire, this.deadline) = (wire, deadline);

    /// <summary>Sends one chunk. Chunks go in order, one at a time.</summary>
    /// <param name="url">From the init call, used as it is.</param>
    /// <param name="plan">The plan the init call announced.</param>
    /// <param name="index">Which chunk.</param>
    /// <param name="content">Positioned at the chunk's first byte; read once, for exactly its length, and left open.</param>
    /// <param name="contentType"><c>video/mp4</c>, <c>video/quicktime</c> or <c>video/webm</c>.</param>
    /// <param name="aborted">Ends the wait; the chunk may have arrived all the same.</param>
    /// <exception cref="EndOfStreamException">The stream ended before the chunk did: the file is not the one that was announced.</exception>
    public async Task<UploadOutcome> UploadChunkAsync(
        UploadUrl url, ChunkPlan plan, int index, Stream content, string contentType, CancellationToken aborted)
    {
        ArgumentNullException.ThrowIfNull(url);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(content);
        var chunk = plan[index];
        await using var slice = new Slice(content, chunk.Length);
        using var request = new HttpRequestMessage(HttpMethod.Put, url.Reveal()) { Content = new StreamContent(slice) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        request.Content.Headers.ContentLength = chunk.Length;
        request.Content.Headers.ContentRange = new(chunk.FirstByte, chunk.LastByte, plan.VideoSize);
        var answer = await wire.SendAsync(request, "upload", deadline, AnswerLimit, aborted);
        return slice.EndedEarly
            ? throw new EndOfStreamException($"The video ended {slice.Missing} bytes before chunk {index} did.")
            : Judge(answer, plan, chunk);
    }

    internal static UploadOutcome Judge(WireAnswer answer, ChunkPlan plan, Chunk chunk) => answer switch
    {
        WireAnswer.Lost(var why) => new UploadOutcome.Unknown(why),
        // We count ourselves: clients have seen 201 for every chunk and 200 for the last (§5.6).
        WireAnswer.Answered { Http: >= 200 and < 300 } => chunk.Index == plan.Count - 1 ? new UploadOutcome.Complete() : new UploadOutcome.Accepted(),
        WireAnswer.Answered { Http: 403 } => new UploadOutcome.Expired(),
        WireAnswer.Answered { Http: 404 } => new UploadOutcome.Gone(),
        WireAnswer.Answered { Http: 416 } told => new UploadOutcome.OutOfOrder(NextChunk(told.ContentRange, plan)),
        WireAnswer.Answered { Http: 408 or 425 or 429 or >= 500 } told => new UploadOutcome.Unknown(new(
            told.Http == 429 ? UnknownReason.RateLimited : UnknownReason.ServerError, $"HTTP {told.Http}.", told.RetryAfter, Http: told.Http)),
        WireAnswer.Answered told => new UploadOutcome.Refused(told.Http),
        _ => throw new System.Diagnostics.UnreachableException($"No rule for {answer}."),
    };

    // "bytes 0-N/total": TikTok leaves open whether N counts bytes or names the last one. Only one of the two falls on a boundary of the plan.
    private static int? NextChunk(string? contentRange, ChunkPlan plan)
    {
        if (contentRange is null || !contentRange.StartsWith("bytes 0-", StringComparison.Ordinal))
        {
            return null;
        }

        var end = contentRange.IndexOf('/', StringComparison.Ordinal);
        var text = contentRange.AsSpan("bytes 0-".Length, (end < 0 ? contentRange.Length : end) - "bytes 0-".Length);
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < plan.VideoSize + 1
            ? plan.NextAfter(number + 1) ?? plan.NextAfter(number)
            : null;
    }
}
