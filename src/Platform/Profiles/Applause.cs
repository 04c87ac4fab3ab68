using Holdfast.Storage;

namespace Holdfast.Platform.Profiles;

/// <summary>Likes and views: counted when they happen, in the statement that makes them happen.</summary>
internal sealed class Applause(Database database, TimeProvider clock)
{
    /// <summary>Playing again within this long is the same view.</summary>
    private static readonly TimeSpan OneView = TimeSpan.FromMinutes(30);

    public Task LikeAsync(Video video, string personId, CancellationToken aborted) => database.WriteAsync(async session =>
    {
        if (await session.RunAsync("insert into video_like (video_id, person_id, liked_at) values (@Id, @personId, @now) on conflict do nothing", new { video.Id, personId, now = clock.GetUtcNow() }) == 1)
            await CountLikeAsync(session, video, 1);
    }, aborted);

    public Task UnlikeAsync(Video video, string personId, CancellationToken aborted) => database.WriteAsync(async session =>
    {
        if (await session.RunAsync("delete from video_like where video_id = @Id and person_id = @personId", new { video.Id, personId }) == 1)
            await CountLikeAsync(session, video, -1);
    }, aborted);

    public async Task<bool> LikesAsync(Video video, string? personId, CancellationToken aborted) =>
        personId is not null && await database.ReadAsync(session => session.FirstAsync<long>("select count(*) from video_like where video_id = @Id and person_id = @personId", new { video.Id, personId }), aborted) > 0;

    /// <param name="viewer">Names the pair of eyes without naming the person to anybody who reads the row.</param>
    public Task ViewAsync(Video video, string viewer, CancellationToken aborted) => database.WriteAsync(async session =>
    {
        var now = clock.GetUtcNow();
        var seen = await session.RunAsync("""
            insert into video_view (video_id, viewer, viewed_at) values (@Id, @viewer, @now)
            on conflict (video_id, viewer) do update set viewed_at = excluded.viewed_at where video_view.viewed_at <= @before
            """, new { video.Id, viewer, now, before = now - OneView });
        if (seen == 1)
            await session.RunAsync("update video set view_count = view_count + 1 where id = @Id", new { video.Id });
    }, aborted);

    private static async Task CountLikeAsync(Session session, Video video, int by)
    {
        await session.RunAsync("update video set like_count = like_count + @by where id = @Id", new { video.Id, by });
        await session.RunAsync("update creator set likes_count = likes_count + @by where person_id = @CreatorId", new { video.CreatorId, by });
    }
}
