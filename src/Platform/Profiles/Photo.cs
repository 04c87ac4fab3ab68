namespace Holdfast.Platform.Profiles;

/// <summary>One picture of a photo post.</summary>
public sealed record Photo
{
    /// <summary>Its place, from 0.</summary>
    public long Number { get; init; }

    public string BlobKey { get; init; } = "";
    public string ContentType { get; init; } = "";
    public long Width { get; init; }
    public long Height { get; init; }
}
