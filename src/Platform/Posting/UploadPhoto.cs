namespace Holdfast.Platform.Posting;

/// <summary>One picture of a photo post on its way in.</summary>
public sealed record UploadPhoto
{
    public string UploadId { get; init; } = "";

    /// <summary>Its place, from 0.</summary>
    public long Number { get; init; }

    public string SourceUrl { get; init; } = "";

    /// <summary><c>null</c> until it is fetched.</summary>
    public string? BlobKey { get; init; }

    public string ContentType { get; init; } = "";
    public long SizeBytes { get; init; }
}
