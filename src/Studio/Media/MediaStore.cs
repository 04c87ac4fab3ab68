using Holdfast.Storage;

namespace Holdfast.Studio.Media;

/// <summary>A workspace's videos.</summary>
internal sealed class MediaStore(Database database, Ulids ulids, TimeProvider clock)
{
    public Task<MediaRow?> FindAsync(string workspaceId, string id, CancellationToken aborted = default) =>
        database.ReadAsync(session => session.FirstAsync<MediaRow>(
            $"select {MediaRow.Columns} from media where id = @id and workspace_id = @workspaceId and ready_at is not null", new { id, workspaceId }), aborted);

    /// <summary>A row for bytes that are on their way: should they never arrive whole, it is what the sweep finds.</summary>
    public Task<string> BeginAsync(string workspaceId, string fileName, string by, CancellationToken aborted = default) => database.WriteAsync(async session =>
    {
        var id = ulids.Next();
        await session.RunAsync("""
            insert into media (id, workspace_id, file_name, content_type, bytes, has_cover, uploaded_by, created_at)
            values (@id, @workspaceId, @fileName, '', 0, @hasCover, @by, @now)
            """, new { id, workspaceId, fileName, hasCover = false, by, now = clock.GetUtcNow() });
        return id;
    }, aborted);

    public Task CompleteAsync(string id, long bytes, VideoFacts facts) => database.WriteAsync(session => session.RunAsync("""
        update media set content_type = @ContentType, bytes = @bytes, duration_ms = @duration, width = @Width, height = @Height, ready_at = @now
        where id = @id and ready_at is null
        """, new { id, bytes, facts.ContentType, duration = (long?)facts.Duration?.TotalMilliseconds, facts.Width, facts.Height, now = clock.GetUtcNow() }));

    public Task ForgetAsync(string id) => database.WriteAsync(session => session.RunAsync("delete from media where id = @id and ready_at is null", new { id }));

    public Task CoverArrivedAsync(string workspaceId, string id) => database.WriteAsync(session =>
        session.RunAsync("update media set has_cover = @yes where id = @id and workspace_id = @workspaceId", new { id, workspaceId, yes = true }));

    /// <summary>One of our clips as the workspace's own; chosen twice it is still one.</summary>
    public Task<MediaRow> UseSampleAsync(string workspaceId, Sample sample, string by, CancellationToken aborted = default) => database.WriteAsync(async session =>
    {
        await session.RunAsync("""
            insert into media (id, workspace_id, file_name, content_type, bytes, duration_ms, width, height, sample, has_cover, uploaded_by, created_at, ready_at)
            values (@id, @workspaceId, @FileName, @ContentType, @Bytes, @duration, @Width, @Height, @Name, @yes, @by, @now, @now)
            on conflict (workspace_id, sample) where sample is not null do nothing
            """, new
        {
            id = ulids.Next(),
            workspaceId,
            sample.FileName,
            sample.Facts.ContentType,
            sample.Bytes,
            duration = (long?)sample.Facts.Duration?.TotalMilliseconds,
            sample.Facts.Width,
            sample.Facts.Height,
            sample.Name,
            yes = true,
            by,
            now = clock.GetUtcNow(),
        });
        return await session.FirstAsync<MediaRow>($"select {MediaRow.Columns} from media where workspace_id = @workspaceId and sample = @Name", new { workspaceId, sample.Name })
            ?? throw new InvalidOperationException("A sample that was just added is gone."); // the same transaction wrote it
    }, aborted);

    /// <summary>Uploads that began before <paramref name="before"/> and never arrived.</summary>
    public Task<IReadOnlyList<string>> AbandonedAsync(DateTimeOffset before, CancellationToken aborted) =>
        database.ReadAsync(session => session.ListAsync<string>("select id from media where ready_at is null and created_at < @before limit 20", new { before }), aborted);
}
