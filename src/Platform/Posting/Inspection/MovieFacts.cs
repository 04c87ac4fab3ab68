namespace Holdfast.Platform.Posting.Inspection;

/// <summary>What a video file says about itself; <c>null</c> where it says nothing.</summary>
internal sealed record MovieFacts
{
    /// <summary><c>video/mp4</c>, <c>video/quicktime</c> or <c>video/webm</c>, by its bytes.</summary>
    public required string ContentType { get; init; }

    /// <summary>Four characters in MP4 and MOV, <c>V_…</c> in WebM.</summary>
    public string? Codec { get; init; }

    public TimeSpan? Duration { get; init; }
    public int? Width { get; init; }
    public int? Height { get; init; }
    public double? FramesPerSecond { get; init; }
}
