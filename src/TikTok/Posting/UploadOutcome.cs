namespace Holdfast.TikTok.Posting;

/// <summary>What became of one chunk (tiktok-v2 §5.6).</summary>
public abstract record UploadOutcome
{
    private UploadOutcome() { }

    /// <summary>Taken; the next chunk is wanted.</summary>
    public sealed record Accepted : UploadOutcome;

    /// <summary>That was the last one: TikTok begins to process the video. Ask for its status.</summary>
    public sealed record Complete : UploadOutcome;

    /// <summary>The upload URL is older than an hour (403): begin a new post.</summary>
    public sealed record Expired : UploadOutcome;

    /// <summary>TikTok does not know this upload (404): ask for the status, then begin a new post.</summary>
    public sealed record Gone : UploadOutcome;

    /// <summary>The chunk does not continue what TikTok has (416).</summary>
    /// <param name="NextChunk">Where to go on (the plan's count when nothing is missing), if the answer tells and it is a boundary of the plan; null: ask status/fetch for <c>uploaded_bytes</c>.</param>
    public sealed record OutOfOrder(int? NextChunk) : UploadOutcome;

    /// <summary>TikTok will not take this chunk, however often it is sent.</summary>
    /// <param name="Http">For example 400: bad headers or length.</param>
    public sealed record Refused(int Http) : UploadOutcome;

    /// <summary>No answer that can be trusted: the chunk may have arrived. Send the same one again; if it had, the answer is <see cref="OutOfOrder"/>.</summary>
    /// <param name="Answer">What is known.</param>
    public sealed record Unknown(UnknownAnswer Answer) : UploadOutcome;
}
