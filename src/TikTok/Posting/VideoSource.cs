namespace Holdfast.TikTok.Posting;

/// <summary>Where TikTok gets the video from (tiktok-v2 §5.3).</summary>
public abstract record VideoSource
{
    private VideoSource() { }

    /// <summary>We upload it in chunks with <see cref="MediaUpload"/>.</summary>
    /// <param name="Plan">How the file is cut.</param>
    public sealed record FileUpload(ChunkPlan Plan) : VideoSource;

    /// <summary>TikTok downloads it from a verified https address that does not redirect (§5.9).</summary>
    /// <param name="VideoUrl">Must stay reachable until the post is done.</param>
    public sealed record PullFromUrl(string VideoUrl) : VideoSource;
}
