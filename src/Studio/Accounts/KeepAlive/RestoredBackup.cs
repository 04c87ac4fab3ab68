using System.Globalization;
using Holdfast.Shell.Hosting;
using Holdfast.Storage;

namespace Holdfast.Studio.Accounts.KeepAlive;

/// <summary>Notices that the database was put back to an older state: a mark beside the keys, outside the database and its backup, remembers how far it had come.</summary>
internal sealed class RestoredBackup(Database database, IEnumerable<IConnectionListener> listeners, AppOptions options, TimeProvider clock, ILogger<RestoredBackup> log)
{
    private readonly string path = Path.Combine(PrivateFolder.OfKeys(options.Data), "studio-mark");
    private bool isChecked;

    /// <summary>When this database was last restored; <c>null</c>: never.</summary>
    public static async Task<DateTimeOffset?> RestoredAtAsync(Session session) =>
        (await session.FirstAsync<Installation>("select beat_at, restored_at from installation"))?.RestoredAt;

    /// <summary>Moves database and mark on together. The mark follows the commit, so it is ahead only of a database that was put back.</summary>
    public async Task BeatAsync()
    {
        if (!isChecked && ReadMark() is { } mark)
            await CheckAsync(mark);
        isChecked = true;
        var beat = await database.WriteAsync(session => session.FirstAsync<Installation>(
            "update installation set beat_at = case when beat_at > @now then beat_at else @now end returning beat_at", new { now = clock.GetUtcNow() }));
        if (beat?.BeatAt is { } at)
            WriteMark(at);
    }

    private Task CheckAsync(DateTimeOffset mark) => database.WriteAsync(async session =>
    {
        var now = clock.GetUtcNow();
        var stands = (await session.FirstAsync<Installation>($"select beat_at, restored_at from installation {session.ForUpdate}"))?.BeatAt;
        if (stands is not { } beat || beat >= mark)
            return;
        log.BackupRestored(mark, beat);
        await session.RunAsync("update installation set restored_at = @now", new { now });
        // Which of them had been renewed since, only TikTok knows: all are asked, at the pace.
        await session.RunAsync("update connection set renew_at = @now where renew_at > @now", new { now });
        foreach (var listener in listeners)
            await listener.RestoredAsync(session, beat, now);
        session.Signal(ConnectionStore.RenewTopic);
    });

    private DateTimeOffset? ReadMark()
    {
        try
        {
            return File.Exists(path) && long.TryParse(File.ReadAllText(path), CultureInfo.InvariantCulture, out var at) ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            log.CannotMark(failure);
            return null;
        }
    }

    private void WriteMark(DateTimeOffset at)
    {
        try
        {
            PrivateFolder.Make(Path.GetDirectoryName(path)!); // it has a folder: we made it above
            File.WriteAllText(path, at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            log.CannotMark(failure);
        }
    }

    private sealed record Installation
    {
        public DateTimeOffset? BeatAt { get; init; }
        public DateTimeOffset? RestoredAt { get; init; }
    }
}
