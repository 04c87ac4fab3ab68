namespace Holdfast.Domain.Posts;

/// <summary>How far publishing has come. Saved with the post after every step, and before the init is sent.</summary>
/// <param name="InitSentAt">The init that counts was, or is about to be, sent.</param>
/// <param name="InitialisedAt">TikTok answered it; the upload address lives for an hour from here.</param>
/// <param name="PublishId">TikTok's handle of the attempt.</param>
/// <param name="BytesSent">Bytes TikTok has, by its own count where it told one.</param>
/// <param name="AddressGone">The upload address is no more, and no byte has been sent to it since this was saved.</param>
/// <param name="ReceivedAt">TikTok had every byte.</param>
/// <param name="VideoId">The public video, once it is known.</param>
/// <param name="Inits">Inits since a person last decided, without those TikTok refused; above one only with a proof that nothing was published before.</param>
/// <param name="Looks">Times the account's videos were searched for an unconfirmed post.</param>
/// <param name="Failures">Passing failures since something last worked.</param>
/// <param name="Slot">The time a quota moved the post to; lateness counts from here.</param>
public sealed record PublishTrail(
    DateTimeOffset? InitSentAt = null,
    DateTimeOffset? InitialisedAt = null,
    string? PublishId = null,
    long BytesSent = 0,
    bool AddressGone = false,
    DateTimeOffset? ReceivedAt = null,
    string? VideoId = null,
    int Inits = 0,
    int Looks = 0,
    int Failures = 0,
    DateTimeOffset? Slot = null)
{
    /// <summary>How long an upload address lives (tiktok-v2 §5.3).</summary>
    public static readonly TimeSpan AddressLifetime = TimeSpan.FromHours(1);

    /// <summary>No more bytes will be taken, or sent, at the address we have.</summary>
    internal bool UploadIsOver(DateTimeOffset now) => AddressGone || now - InitialisedAt >= AddressLifetime;

    /// <summary>Proven: the last attempt published nothing and never will.</summary>
    internal PublishTrail Forgotten() => new(Inits: Inits, Failures: Failures, Slot: Slot);
}
