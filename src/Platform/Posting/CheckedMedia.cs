using Holdfast.Platform.Posting.Inspection;

namespace Holdfast.Platform.Posting;

/// <summary>What the checks found in a post that passed them.</summary>
/// <param name="BlobKey">The video, or the picture that stands for the post.</param>
/// <param name="Photos">Of each picture, in order; empty for a video.</param>
internal sealed record CheckedMedia(string ContentType, string? CoverKey, string BlobKey, TimeSpan? Duration, int Width, int Height, IReadOnlyList<PictureFacts> Photos);
