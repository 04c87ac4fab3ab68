using Holdfast.People.Activity;
using Holdfast.People.SignIn;
using Holdfast.Storage;

namespace Holdfast.People.External;

/// <summary>Which accounts elsewhere open which account here. Every query names the person, or the subject that a provider proved.</summary>
public sealed class ExternalLogins(Database database, ActivityLog activity, TimeProvider clock)
{
    /// <summary>Whom this account elsewhere opens.</summary>
    internal Task<string?> OwnerAsync(string provider, string subject, CancellationToken aborted) => database.ReadAsync(session => OwnerAsync(session, provider, subject), aborted);

    internal static Task<string?> OwnerAsync(Session session, string provider, string subject) =>
        session.FirstAsync<string>("select person_id from external_login where provider = @provider and subject = @subject", new { provider, subject });

    public Task<IReadOnlyList<ExternalLogin>> ListAsync(string personId, CancellationToken aborted = default) => database.ReadAsync(session => session.ListAsync<ExternalLogin>(
        "select provider, subject, email_at_link, linked_at from external_login where person_id = @personId order by linked_at, provider, subject", new { personId }), aborted);

    /// <summary>Links, unless somebody has that account elsewhere already: the key decides.</summary>
    /// <returns>Whose it is now.</returns>
    internal async Task<string?> LinkAsync(Session session, HttpContext http, string personId, string provider, ExternalIdentity who)
    {
        var added = await session.RunAsync("""
            insert into external_login (provider, subject, person_id, email_at_link, linked_at) values (@provider, @Subject, @personId, @Email, @now)
            on conflict do nothing
            """, new { provider, who.Subject, personId, who.Email, now = clock.GetUtcNow() });
        if (added == 0)
            return await OwnerAsync(session, provider, who.Subject);
        await activity.AddAsync(session, http, personId, ActivityKind.ExternalLinked, provider);
        return personId;
    }

    /// <summary>Takes a link away, unless it is the last way in.</summary>
    public Task<UnlinkResult> UnlinkAsync(HttpContext http, string personId, string provider, string subject) => database.WriteAsync(async session =>
    {
        await WaysIn.LockAsync(session, personId);
        if (await session.FirstAsync<string>("select subject from external_login where provider = @provider and subject = @subject and person_id = @personId", new { provider, subject, personId }) is null)
            return UnlinkResult.NotThere;
        if (await session.RunAsync($"delete from external_login where provider = @Provider and subject = @Subject and person_id = @PersonId and {WaysIn.AreLeft}", new WaysIn(personId, provider, subject)) == 0)
            return UnlinkResult.LastWayIn;
        await activity.AddAsync(session, http, personId, ActivityKind.ExternalUnlinked, provider);
        return UnlinkResult.Unlinked;
    }, http.RequestAborted);
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

public enum UnlinkResult { Unlinked, NotThere, LastWayIn }
