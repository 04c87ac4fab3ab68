namespace Holdfast.Platform.Posting.Init;

/// <summary>Where the bytes of a post come from (<c>source_info</c>).</summary>
internal abstract record MediaSource
{
    private MediaSource() { }

    /// <summary>The app sends a video in chunks.</summary>
    public sealed record Upload(ChunkPlan Plan) : MediaSource;

    /// <summary>We fetch a video.</summary>
    public sealed record VideoAt(Uri Address) : MediaSource;

    /// <summary>We fetch pictures; the one at <paramref name="CoverIndex"/> stands for the post.</summary>
    public sealed record PhotosAt(IReadOnlyList<Uri> Addresses, int CoverIndex) : MediaSource;

    public string Kind => this is PhotosAt ? PostKind.Photos : PostKind.Video;

    public string Way => this is Upload ? PostWay.File : PostWay.Url;

    /// <summary>Everything that is to be fetched.</summary>
    public IReadOnlyList<Uri> ToFetch => this switch
    {
        VideoAt(var address) => [address],
        PhotosAt photos => photos.Addresses,
        _ => [],
    };
}
