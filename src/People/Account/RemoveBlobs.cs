using Holdfast.Storage;
using Holdfast.Storage.Blobs;
using Holdfast.Storage.Work;

namespace Holdfast.People.Account;

/// <summary>Removes the files of deleted accounts and of posts that are gone. Removing one twice is removing it once, so two nodes do no harm.</summary>
internal sealed class RemoveBlobs(Database database, IBlobStore blobs, TimeProvider clock) : IDueWork
{
    public const string SignalTopic = "blob-removals";

    private const int AtATime = 50;

    public string Topic => SignalTopic;

    public async Task<bool> RunDueAsync(CancellationToken stopping)
    {
        var due = await database.ReadAsync(session => session.ListAsync<string>("select blob_key from blob_removal where next_step_at <= @now limit @AtATime", new { now = clock.GetUtcNow(), AtATime }), stopping);
        foreach (var key in due)
        {
            await blobs.DeleteAsync(key);
            await database.WriteAsync(session => session.RunAsync("delete from blob_removal where blob_key = @key", new { key }), CancellationToken.None);
        }
        return due.Count == AtATime;
    }
}
