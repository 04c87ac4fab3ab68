using System.Data.Common;
using Holdfast.Storage;
using Holdfast.Storage.Work;

namespace Holdfast.Studio.Accounts.KeepAlive;

/// <summary>What belongs to nobody's row: how far the database has come, and incidents that nobody feels any more.</summary>
internal sealed class WatchInstallation(RestoredBackup backup, IncidentStore incidents, Database database, TimeProvider clock) : IDueWork
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    private DateTimeOffset nextAt;

    public string Topic => "installation";

    /// <summary>Whether the database was put back is asked before a post can go out again that was out already.</summary>
    public async Task BeforeStartAsync()
    {
        try
        {
            await backup.BeatAsync();
        }
        catch (Exception failure) when (failure is DbException or IOException or TimeoutException)
        {
            // Asked again with the first look, a second later.
        }
    }

    public async Task<bool> RunDueAsync(CancellationToken stopping)
    {
        var now = clock.GetUtcNow();
        // A clock that was set back must not make this sleep for as long.
        if (now < nextAt && nextAt <= now + Every)
            return false;
        await backup.BeatAsync();
        await database.WriteAsync(session => incidents.SweepAsync(session, now), stopping);
        // Not before: after a start that the database refused, posts would go out for minutes before anybody asks whether it was put back.
        nextAt = now + Every;
        return false;
    }
}
