using Holdfast.Storage;

namespace Holdfast.People.Account;

/// <summary>Names files for removal in the transaction that makes them nobody's; <see cref="RemoveBlobs"/> follows.</summary>
public static class BlobRemoval
{
    public static async Task AddAsync(Session session, IEnumerable<string> keys, DateTimeOffset now)
    {
        foreach (var key in keys.Where(key => key.Length > 0))
            await session.RunAsync("insert into blob_removal (blob_key, next_step_at) values (@key, @now) on conflict do nothing", new { key, now });
        session.Signal(RemoveBlobs.SignalTopic);
    }
}
