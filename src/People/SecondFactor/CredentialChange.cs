using Holdfast.People.Activity;
using Holdfast.People.Sessions;
using Holdfast.Storage;

namespace Holdfast.People.SecondFactor;

/// <summary>Changes what somebody signs in with, and ends in the same transaction what was opened with the old: sessions, sign-ins under way, tokens.</summary>
public sealed class CredentialChange(Database database, IEnumerable<ICredentialListener> listeners, ActivityLog activity, SessionCookie cookie, TimeProvider clock)
{
    /// <param name="change">Its answer tells whether anything changed; without a change nothing ends. It is not asked when another change has ended the session that wants this one.</param>
    public async Task<bool> RunAsync(HttpContext http, string personId, ActivityKind kind, string detail, Func<Session, DateTimeOffset, Task<bool>> change)
    {
        var now = clock.GetUtcNow();
        var value = await database.WriteAsync(async session =>
        {
            // A sign-in that is being finished waits here, or we for it (FinishSignIn).
            if (!await SessionStore.StillLivesAsync(session, personId, http.User.SessionDigest(), now) || !await change(session, now))
                return null;
            await session.RunAsync("delete from session where person_id = @personId", new { personId });
            foreach (var listener in listeners)
                await listener.ChangedAsync(session, personId, now);
            await activity.AddAsync(session, http, personId, kind, detail);
            // In the same transaction: begun after it, this session could outlive the next change.
            return await cookie.BeginAsync(session, http, personId);
        }, http.RequestAborted);
        if (value is not null)
            cookie.Keep(http, value);
        return value is not null;
    }
}
