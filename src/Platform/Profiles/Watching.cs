namespace Holdfast.Platform.Profiles;

/// <summary>Finds a video for somebody's eyes: one they may not see looks exactly like one that is not there.</summary>
internal sealed class Watching(VideoStore videos, TimeProvider clock)
{
    /// <param name="viewer">The signed-in person; <c>null</c> for a stranger.</param>
    public async Task<Watched?> FindAsync(string userName, string id, string? viewer, CancellationToken aborted) =>
        await videos.FindAsync(id, aborted) is { } video
        && await videos.FindCreatorAsync(video.CreatorId, aborted) is { } creator
        && string.Equals(creator.UserName, userName, StringComparison.OrdinalIgnoreCase)
        && video.IsVisibleTo(viewer, creator, clock.GetUtcNow())
            ? new Watched(video, creator)
            : null;
}

internal sealed record Watched(Video Video, Creator Creator);
