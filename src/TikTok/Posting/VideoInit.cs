namespace Holdfast.TikTok.Posting;

/// <summary>A post that TikTok has begun. Save the id at once: it is the only handle on what happens next.</summary>
/// <param name="PublishId">At most 64 characters, opaque; may hold <c>~</c> and <c>.</c>.</param>
/// <param name="UploadUrl">Where the bytes go, for one hour; null when TikTok pulls the video.</param>
public sealed record VideoInit(string PublishId, UploadUrl? UploadUrl);

/// <summary>A photo post that TikTok has begun.</summary>
/// <param name="PublishId">As for <see cref="VideoInit"/>.</param>
public sealed record PhotoInit(string PublishId);

/// <summary>TikTok took the wish to cancel; a status or webhook with <c>publish_cancelled</c> follows.</summary>
public sealed record CancelAccepted;
