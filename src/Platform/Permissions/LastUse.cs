using Holdfast.Platform.Tokens;
using Holdfast.Storage;

namespace Holdfast.Platform.Permissions;

/// <summary>Remembers when an app last called for a person: one write a minute, however many calls. Renewals need none, their token says when it was made.</summary>
internal sealed class LastUse(Database database, TimeProvider clock)
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    public Task NoteAsync(AccessGrant access, CancellationToken aborted)
    {
        var now = clock.GetUtcNow();
        return access.LastUsedAt > now - Every ? Task.CompletedTask : database.WriteAsync(session => session.RunAsync(
            "update consent set last_used_at = @now where id = @ConsentId and (last_used_at is null or last_used_at <= @before)", new { access.ConsentId, now, before = now - Every }), aborted);
    }
}
