using Holdfast.Domain.Posts;

namespace Holdfast.Specs.Studio.Posts;

[CollectionDefinition(nameof(MemorySpecs), DisableParallelization = true)]
public sealed class Alone;

/// <summary>A video's size costs time, never memory.</summary>
[Collection(nameof(MemorySpecs))]
public sealed class MemorySpecs
{
    [Fact]
    public async Task A_large_video_is_published_within_64_MB_above_idle()
    {
        await using var studio = await PublishingUnderTest.StartAsync();
        var small = await studio.ScheduleAsync();
        await studio.WorkForAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(PostState.Published, await studio.StateAsync(small));
        GC.Collect();
        var (idle, peak, chunks) = (Environment.WorkingSet, 0L, 0);
        studio.TikTok.After = (path, answer) =>
        {
            chunks += path == "upload" ? 1 : 0;
            peak = Math.Max(peak, Environment.WorkingSet);
            return answer;
        };

        var id = await studio.ScheduleAsync(mediaId: await studio.VideoAsync(260_000_000));
        await studio.WorkForAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(PostState.Published, await studio.StateAsync(id));
        Assert.Equal(26, chunks);
        Assert.InRange(peak - idle, long.MinValue, 64L * 1024 * 1024);
    }
}
