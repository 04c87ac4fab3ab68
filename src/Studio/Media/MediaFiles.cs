using Holdfast.Storage.Blobs;
using Holdfast.Studio.Posts;

namespace Holdfast.Studio.Media;

/// <summary>Where the bytes of videos and covers are.</summary>
internal sealed class MediaFiles(IBlobStore blobs, Samples samples)
{
    public static string VideoKey(string mediaId) => $"videos/{mediaId}";

    public static string CoverKey(string mediaId) => $"covers/{mediaId}.jpg";

    /// <summary>Seekable; null when the bytes are not there.</summary>
    public Stream? OpenRead(MediaRow media) => Open(media.Sample, media.Id);

    /// <summary>The video of a post.</summary>
    public Stream? OpenRead(PostRow post) => post.MediaId is null ? null : Open(post.MediaSample, post.MediaId);

    /// <summary>Whether all bytes of a post's video can be had.</summary>
    public bool IsThere(PostRow post)
    {
        using var video = OpenRead(post);
        return video is not null && video.Length == post.MediaBytes && post.MediaBytes > 0;
    }

    public Stream? OpenCover(MediaRow media) => media.Sample is { } name ? samples.Find(name)?.OpenCover() : blobs.OpenRead(CoverKey(media.Id));

    private Stream? Open(string? sample, string mediaId) => sample is { } name ? samples.Find(name)?.OpenVideo() : blobs.OpenRead(VideoKey(mediaId));
}
