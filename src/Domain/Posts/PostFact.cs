using System.Collections.Immutable;

namespace Holdfast.Domain.Posts;

/// <summary>What was learned about a post. A fact that says nothing in the post's state changes nothing.</summary>
public abstract record PostFact
{
    private PostFact()
    {
    }

    public sealed record CreatorAllows(ImmutableArray<string> PrivacyOptions, TimeSpan? MaxDuration = null) : PostFact;

    public sealed record InitAccepted(string PublishId) : PostFact;

    /// <param name="BytesSent">All acknowledged bytes so far.</param>
    public sealed record ChunkAccepted(long BytesSent, bool IsComplete) : PostFact;

    /// <param name="TikTokHas">How many bytes TikTok says it has, where the refusal told.</param>
    public sealed record ChunkRefused(ChunkRefusal Refusal, string? LogId = null, long? TikTokHas = null) : PostFact;

    /// <param name="FailReason">TikTok's word, with <see cref="PublishStatus.Failed"/>.</param>
    /// <param name="VideoId">The public id, when TikTok names one.</param>
    /// <param name="UploadedBytes">Null when the answer named none.</param>
    public sealed record StatusSeen(
        PublishStatus Status, string? FailReason = null, string? VideoId = null, long? UploadedBytes = null, string? LogId = null) : PostFact;

    /// <param name="Found">What <see cref="ReconcileRule"/> made of them.</param>
    public sealed record VideosSeen(Sighting Found) : PostFact;

    /// <summary>TikTok answered with one of its codes.</summary>
    public sealed record Refused(string Code, string? LogId = null, TimeSpan? RetryAfter = null) : PostFact;

    /// <summary>A call, or a chunk, got no answer we can trust: it may have worked.</summary>
    public sealed record Unanswered(string Reason, string? LogId = null) : PostFact;

    /// <summary>Our own store does not give the video.</summary>
    public sealed record MediaMissing : PostFact;
}

/// <summary>How a chunk was turned away.</summary>
public enum ChunkRefusal
{
    /// <summary>TikTok's own trouble (5xx, 429): the same chunk again.</summary>
    Busy,

    /// <summary>The upload address has expired or is unknown (403, 404).</summary>
    AddressGone,

    /// <summary>TikTok stands at another byte (416).</summary>
    OutOfStep,

    /// <summary>The request itself is wrong (400).</summary>
    Invalid,
}

/// <summary><c>status</c> of a publish attempt (tiktok-v2 §5.7).</summary>
public enum PublishStatus
{
    Uploading,
    InInbox,
    Complete,
    Failed,
}
