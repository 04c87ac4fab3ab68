using Holdfast.People.Activity;
using Holdfast.People.SecondFactor;
using Holdfast.People.SignIn;
using Holdfast.Storage;

namespace Holdfast.People.External;

/// <summary>Which accounts elsewhere open which account here. Every query names the person, or the subject that a provider proved.</summary>
public sealed class ExternalLogins(Database database, CredentialChange credentials, TimeProvider clock)
{
    /// <summary>Whom this account elsewhere opens.</summary>
    internal Task<string?> OwnerAsync(string provider, string subject, CancellationToken aborted) => database.ReadAsync(session => OwnerAsync(session, provider, subject), aborted);

    internal static Task<string?> OwnerAsync(Session session, string provider, string subject) =>
        session.FirstAsync<string>("select person_id from external_login where provider = @provider and subject = @subject", new { provider, subject });

    public Task<IReadOnlyList<ExternalLogin>> ListAsync(string personId, CancellationToken aborted = default) => database.ReadAsync(session => session.ListAsync<ExternalLogin>(
        "select provider, subject, email_at_link, linked_at from external_login where person_id = @personId order by linked_at, provider, subject", new { personId }), aborted);

    /// <summary>Links, unless somebody has that account elsewhere already: the key decides.</summary>
    internal async Task<Linking> LinkAsync(Session session, string personId, string provider, ExternalIdentity who)
    {
        var added = await session.RunAsync("""
            insert into external_login (provider, subject, person_id, email_at_link, linked_at) values (@provider, @Subject, @personId, @Email, @now)
            on conflict do nothing
            """, new { provider, who.Subject, personId, who.Email, now = clock.GetUtcNow() });
        return added == 1 ? Linking.Added : await OwnerAsync(session, provider, who.Subject) == personId ? Linking.WasTheirs : Linking.Elsewhere;
    }

    /// <summary>Gives an account one more way in; what was opened before ends, but for the session that does it. The caller has made sure that it is the person (<see cref="Proof"/>).</summary>
    /// <param name="link">Decides, and links by <see cref="LinkAsync(Session, string, string, ExternalIdentity)"/>.</param>
    internal Task LinkAsync(HttpContext http, string personId, string provider, Func<Session, Task<Linking>> link) =>
        credentials.RunAsync(http, personId, ActivityKind.ExternalLinked, provider, async (session, _) => await link(session) is Linking.Added);

    /// <summary>Takes a link away, unless it is the last way in. The caller has made sure that it is the person (<see cref="Proof"/>).</summary>
    public async Task<UnlinkResult> UnlinkAsync(HttpContext http, string personId, string provider, string subject)
    {
        var result = UnlinkResult.NotThere;
        await credentials.RunAsync(http, personId, ActivityKind.ExternalUnlinked, provider, async (session, _) =>
        {
            result = await UnlinkAsync(session, personId, provider, subject);
            return result is UnlinkResult.Unlinked;
        });
        return result;
    }

    // The person's row is locked: two removals that each count on the other would leave no way in (WaysIn).
    private static async Task<UnlinkResult> UnlinkAsync(Session session, string personId, string provider, string subject)
    {
        if (await session.FirstAsync<string>("select subject from external_login where provider = @provider and subject = @subject and person_id = @personId", new { provider, subject, personId }) is null)
            return UnlinkResult.NotThere;
        return await session.RunAsync($"delete from external_login where provider = @Provider and subject = @Subject and person_id = @PersonId and {WaysIn.AreLeft}", new WaysIn(personId, provider, subject)) == 1
            ? UnlinkResult.Unlinked
            : UnlinkResult.LastWayIn;
    }
}

/// <summary>One link, as its person sees it.</summary>
public sealed record ExternalLogin
{
    public string Provider { get; init; } = "";
    public string Subject { get; init; } = "";

    /// <summary>What the provider said at the time; nobody checked it since.</summary>
    public string? EmailAtLink { get; init; }
    public DateTimeOffset LinkedAt { get; init; }
}

/// <summary>Whether a link came about: it is new, it was this person's already, or it is somebody else's.</summary>
internal enum Linking { Added, WasTheirs, Elsewhere }

public enum UnlinkResult { Unlinked, NotThere, LastWayIn }
