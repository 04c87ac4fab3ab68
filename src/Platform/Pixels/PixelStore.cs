using Holdfast.Storage;

namespace Holdfast.Platform.Pixels;

/// <summary>Pixels and what they told. Every statement of a page names the owner.</summary>
internal sealed class PixelStore(Database database, Ulids ulids, TimeProvider clock)
{
    public const int LongestName = 60;

    /// <summary>Lines of the log.</summary>
    public const int Shown = 50;

    /// <summary>Pixels of one developer.</summary>
    private const int Most = 50;

    private const string Mine = """
        select pixel.id, pixel.name, pixel.created_at,
          (select count(*) from pixel_event where pixel_event.pixel_id = pixel.id) as events,
          (select max(pixel_event.at) from pixel_event where pixel_event.pixel_id = pixel.id) as last_at
        from pixel where pixel.owner_id = @ownerId
        """;

    public Task<IReadOnlyList<Pixel>> ListAsync(string ownerId, CancellationToken aborted) =>
        database.ReadAsync(session => session.ListAsync<Pixel>(Mine + " order by pixel.id", new { ownerId }), aborted);

    /// <summary>One pixel with its latest events; <c>null</c> when it is not this person's.</summary>
    public Task<(Pixel Pixel, IReadOnlyList<PixelEvent> Events)?> FindAsync(string ownerId, string id, CancellationToken aborted) => database.ReadAsync<(Pixel, IReadOnlyList<PixelEvent>)?>(async session =>
        await session.FirstAsync<Pixel>(Mine + " and pixel.id = @id", new { ownerId, id }) is { } pixel
            ? (pixel, await session.ListAsync<PixelEvent>("select id, name, page, properties, is_test, at from pixel_event where pixel_id = @id order by id desc limit @most", new { id, most = Shown }))
            : null, aborted);

    /// <summary>The new pixel's id; <c>null</c> when there are too many.</summary>
    public Task<string?> AddAsync(string ownerId, string name, CancellationToken aborted) => database.WriteAsync(async session =>
    {
        await session.OneAtATimeAsync("pixels:" + ownerId);
        var id = ulids.Next();
        return await session.RunAsync("""
            insert into pixel (id, owner_id, name, created_at) select @id, @ownerId, @name, @now where (select count(*) from pixel where owner_id = @ownerId) < @most
            """, new { id, ownerId, name, now = clock.GetUtcNow(), most = Most }) == 1 ? id : null;
    }, aborted);

    public Task RemoveAsync(string ownerId, string id, CancellationToken aborted) =>
        database.WriteAsync(session => session.RunAsync("delete from pixel where id = @id and owner_id = @ownerId", new { ownerId, id }), aborted);

    public Task<bool> ExistsAsync(string id, CancellationToken aborted) =>
        database.ReadAsync(async session => await session.FirstAsync<string>("select id from pixel where id = @id", new { id }) is not null, aborted);

    /// <summary>Notes an event; false when there is no such pixel.</summary>
    public Task<bool> NoteAsync(PixelMessage told, bool isTest, CancellationToken aborted) => database.WriteAsync(async session =>
        await session.RunAsync("""
            insert into pixel_event (id, pixel_id, name, page, properties, is_test, at) select @id, pixel.id, @Event, @Page, @Properties, @isTest, @now from pixel where pixel.id = @Pixel
            """, new { id = ulids.Next(), told.Pixel, told.Event, told.Page, told.Properties, isTest, now = clock.GetUtcNow() }) == 1, aborted);
}
