using Holdfast.People.Activity;
using Holdfast.People.Letters;
using Holdfast.People.Sessions;
using Holdfast.Shell.Language;
using Holdfast.Storage;

namespace Holdfast.People.Passwords;

/// <summary>Gives somebody a new password and ends what the old one opened: sessions, and through <see cref="ICredentialListener"/> whatever else hangs on it.</summary>
public sealed class NewPassword(IEnumerable<ICredentialListener> listeners, SessionStore sessions, ActivityLog activity, LetterBox letters, TimeProvider clock)
{
    /// <param name="hash">Made before the transaction: it takes its time.</param>
    /// <param name="keep">The one session that goes on, by its digest.</param>
    internal async Task SetAsync(Session session, HttpContext http, string personId, string hash, ActivityKind kind, string? keep, Texts texts)
    {
        await session.RunAsync("update person set password_hash = @hash where id = @personId", new { hash, personId });
        await sessions.EndAllAsync(session, personId, keep);
        foreach (var listener in listeners)
            await listener.ChangedAsync(session, personId, clock.GetUtcNow());
        await activity.AddAsync(session, http, personId, kind);
        var person = await session.FirstAsync<Person>("select user_name, email from person where id = @personId", new { personId });
        if (person?.Email is { } email)
            await letters.AddAsync(session, Words.PasswordChanged(texts, email, person.UserName));
    }
}
