using Holdfast.Platform.Developers;
using Holdfast.Storage;

namespace Holdfast.Platform.Webhooks.Properties;

/// <summary>A developer's claims. Every statement names the owner.</summary>
internal sealed class PropertyStore(Database database, Ulids ulids, ISecretSource secrets, TimeProvider clock)
{
    /// <summary>Claims of one developer.</summary>
    private const int Most = 100;

    private const string Mine = """
        select url_property.id, url_property.app_id, app.name as app_name, url_property.kind, url_property.value, url_property.token, url_property.verified_at, url_property.checked_at, url_property.problem
        from url_property left join app on app.id = url_property.app_id where url_property.owner_id = @ownerId
        """;

    public Task<IReadOnlyList<UrlProperty>> ListAsync(string ownerId, CancellationToken aborted) =>
        database.ReadAsync(session => session.ListAsync<UrlProperty>(Mine + " order by url_property.value, url_property.id", new { ownerId }), aborted);

    public Task<UrlProperty?> FindAsync(string ownerId, string id, CancellationToken aborted) =>
        database.ReadAsync(session => session.FirstAsync<UrlProperty>(Mine + " and url_property.id = @id", new { ownerId, id }), aborted);

    /// <summary>Notes a claim; the same one twice is one. False when there are too many, or the app is not this person's.</summary>
    public Task<bool> AddAsync(string ownerId, string? appId, UrlPropertyKind kind, string value, CancellationToken aborted) => database.WriteAsync(async session =>
    {
        if (appId is not null && !await AppAccess.MayActAsync(session, ownerId, appId))
            return false;
        await session.OneAtATimeAsync("url-properties:" + ownerId);
        if (await session.FirstAsync<long>("select count(*) from url_property where owner_id = @ownerId", new { ownerId }) >= Most)
            return false;
        await session.RunAsync("""
            insert into url_property (id, owner_id, app_id, kind, value, token, created_at)
            values (@id, @ownerId, @appId, @kind, @value, @token, @now) on conflict do nothing
            """, new { id = ulids.Next(), ownerId, appId, kind = kind.ToString().ToLowerInvariant(), value, token = NewToken(), now = clock.GetUtcNow() });
        return true;
    }, aborted);

    /// <param name="problem"><c>null</c> when the proof was found.</param>
    public Task SaveCheckAsync(string ownerId, string id, string? problem, CancellationToken aborted) => database.WriteAsync(session => session.RunAsync("""
        update url_property set checked_at = @now, problem = @problem, verified_at = case when cast(@problem as text) is null then coalesce(verified_at, cast(@now as bigint)) else verified_at end
        where id = @id and owner_id = @ownerId
        """, new { ownerId, id, problem, now = clock.GetUtcNow() }), aborted);

    public Task RemoveAsync(string ownerId, string id, CancellationToken aborted) =>
        database.WriteAsync(session => session.RunAsync("delete from url_property where id = @id and owner_id = @ownerId", new { ownerId, id }), aborted);

    // 32 letters and digits (§5.9); 32 different ones, so every byte is fair.
    private string NewToken()
    {
        const string letters = "abcdefghijkmnpqrstuvwxyz23456789";
        return string.Concat(secrets.Bytes(32).Select(octet => letters[octet & 31]));
    }
}
