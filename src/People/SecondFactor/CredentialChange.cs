using Holdfast.People.Activity;
using Holdfast.People.SignIn;
using Holdfast.Storage;

namespace Holdfast.People.SecondFactor;

/// <summary>Changes what somebody signs in with, and ends in the same transaction what was opened with the old: sessions, sign-ins under way, tokens.</summary>
public sealed class CredentialChange(Database database, IEnumerable<ICredentialListener> listeners, ActivityLog activity, FinishSignIn finish, TimeProvider clock)
{
    /// <param name="change">Its answer tells whether anything changed; without a change nothing ends.</param>
    public async Task<bool> RunAsync(HttpContext http, string personId, ActivityKind kind, string detail, Func<Session, DateTimeOffset, Task<bool>> change)
    {
        var now = clock.GetUtcNow();
        var changed = await database.WriteAsync(async session =>
        {
            // A sign-in that is being finished waits here, or we for it (FinishSignIn).
            await session.FirstAsync<string>($"select id from person where id = @personId {session.ForUpdate}", new { personId });
            if (!await change(session, now))
                return false;
            await session.RunAsync("delete from session where person_id = @personId", new { personId });
            foreach (var listener in listeners)
                await listener.ChangedAsync(session, personId, now);
            await activity.AddAsync(session, http, personId, kind, detail);
            return true;
        }, http.RequestAborted);
        if (changed)
            await finish.RenewAsync(http, personId);
        return changed;
    }
}
