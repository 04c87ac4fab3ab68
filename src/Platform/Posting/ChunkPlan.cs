namespace Holdfast.Platform.Posting;

/// <summary>How a video was announced to come in (§5.6). MB is undefined there, so the reading that takes more is used at both ends.</summary>
internal sealed record ChunkPlan(long VideoSize, long ChunkSize, long Count)
{
    public const long SmallestChunk = 5_000_000;
    public const long LargestChunk = 67_108_864;
    public const long LargestLastChunk = 134_217_728;
    public const long LargestVideo = 4L * 1024 * 1024 * 1024;
    public const long MostChunks = 1_000;

    /// <summary>What is wrong with the plan, in the words seen live; <c>null</c> when nothing is.</summary>
    public string? Problem => this switch
    {
        { VideoSize: < 1 or > LargestVideo } => "The video size is invalid",
        { Count: < 1 or > MostChunks } => "The total chunk count is invalid",
        // One chunk is the whole video, exactly: 121 MB as "64 MB x 1" is refused although the floor gives 1.
        { Count: 1 } when ChunkSize != VideoSize => "The chunk size is invalid",
        { Count: 1, VideoSize: > LargestChunk } => "The chunk size is invalid",
        { Count: 1 } => null,
        { ChunkSize: < SmallestChunk or > LargestChunk } => "The chunk size is invalid",
        _ when Count != VideoSize / ChunkSize => "The total chunk count is invalid",
        _ when LastChunk > LargestLastChunk => "The chunk size is invalid",
        _ => null,
    };

    /// <summary>The last chunk takes the remainder.</summary>
    public long LastChunk => VideoSize - ((Count - 1) * ChunkSize);

    /// <summary>How long the chunk that begins at <paramref name="first"/> has to be.</summary>
    public long LengthAt(long first) => first / ChunkSize >= Count - 1 ? VideoSize - first : ChunkSize;
}
