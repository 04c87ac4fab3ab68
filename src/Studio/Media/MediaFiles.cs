using Holdfast.Storage.Blobs;
using Holdfast.Studio.Posts;

namespace Holdfast.Studio.Media;

/// <summary>Where the bytes of videos and covers are.</summary>
internal sealed class MediaFiles(IBlobStore blobs, Samples samples)
{
    public static string VideoKey(string mediaId) => $"videos/{mediaId}";

    public static string CoverKey(string mediaId) => $"covers/{mediaId}.jpg";

    /// <summary>Seekable; null when the bytes are not there.</summary>
    /// <exception cref="IOException">The store does not answer.</exception>
    public Task<Stream?> OpenReadAsync(MediaRow media, CancellationToken aborted) => OpenAsync(media.Sample, media.Id, aborted);

    /// <summary>The video of a post.</summary>
    /// <exception cref="IOException">The store does not answer.</exception>
    public Task<Stream?> OpenReadAsync(PostRow post, CancellationToken aborted) => post.MediaId is null ? Task.FromResult<Stream?>(null) : OpenAsync(post.MediaSample, post.MediaId, aborted);

    /// <summary>Whether all bytes of a post's video can be had.</summary>
    /// <exception cref="IOException">The store does not answer.</exception>
    public async Task<bool> IsThereAsync(PostRow post, CancellationToken aborted)
    {
        await using var video = await OpenReadAsync(post, aborted);
        return video is not null && video.Length == post.MediaBytes && post.MediaBytes > 0;
    }

    public async Task<Stream?> OpenCoverAsync(MediaRow media, CancellationToken aborted) =>
        media.Sample is { } name ? samples.Find(name)?.OpenCover() : await blobs.OpenReadAsync(CoverKey(media.Id), aborted);

    private async Task<Stream?> OpenAsync(string? sample, string mediaId, CancellationToken aborted) =>
        sample is { } name ? samples.Find(name)?.OpenVideo() : await blobs.OpenReadAsync(VideoKey(mediaId), aborted);
}
