namespace Holdfast.Studio.Home;

/// <summary>What TikTok last told about a published video.</summary>
public sealed record VideoCounts
{
    public string VideoId { get; init; } = "";
    public long? Views { get; init; }
    public long? Likes { get; init; }
    public long? Comments { get; init; }
}
