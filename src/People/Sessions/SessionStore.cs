using System.Buffers.Text;
using System.Security.Cryptography;
using Holdfast.Shell.Language;
using Holdfast.Storage;

namespace Holdfast.People.Sessions;

/// <summary>Signed-in browsers, kept on the server: ending one here ends it everywhere.</summary>
public sealed class SessionStore(Database database, ISecretSource secrets, TimeProvider clock)
{
    /// <summary>A session unused for this long has ended.</summary>
    public static readonly TimeSpan IdleFor = TimeSpan.FromDays(14);

    /// <summary>No session lives longer, however much it is used.</summary>
    public static readonly TimeSpan AtMost = TimeSpan.FromDays(90);

    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(5);

    /// <summary>Begins a session; the answer is the only copy of its cookie value.</summary>
    public Task<string> BeginAsync(string personId, string userAgent, string address, CancellationToken aborted = default) =>
        database.WriteAsync(session => BeginAsync(session, personId, userAgent, address), aborted);

    /// <inheritdoc cref="BeginAsync(string, string, string, CancellationToken)"/>
    /// <remarks>In the transaction that has found out who it is.</remarks>
    internal async Task<string> BeginAsync(Session session, string personId, string userAgent, string address)
    {
        var value = Base64Url.EncodeToString(secrets.Bytes(32));
        var now = clock.GetUtcNow();
        await session.RunAsync("""
            insert into session (digest, person_id, created_at, last_seen_at, ends_at, user_agent, address)
            values (@digest, @personId, @now, @now, @ends, @userAgent, @address)
            """, new { digest = Digest(value), personId, now, ends = now + IdleFor, userAgent = userAgent.CutTo(200), address });
        return value;
    }

    /// <summary>Who a cookie value signs in; <c>null</c> when the session is unknown or has ended.</summary>
    public async Task<SignedIn?> FindAsync(string value, CancellationToken aborted = default)
    {
        var now = clock.GetUtcNow();
        var digest = Digest(value);
        var found = await database.ReadAsync(session => session.FirstAsync<SignedIn>("""
            select session.digest, person.id as person_id, person.user_name, person.display_name, session.created_at, session.last_seen_at
            from session join person on person.id = session.person_id
            where session.digest = @digest and session.ends_at > @now
            """, new { digest, now }), aborted);
        if (found is not null && now - found.LastSeenAt > SeenEvery)
            await database.WriteAsync(session => session.RunAsync("update session set last_seen_at = @now, ends_at = @ends where digest = @digest", new { digest, now, ends = Earlier(now + IdleFor, found.CreatedAt + AtMost) }), aborted);
        return found;
    }

    public Task EndAsync(string value, CancellationToken aborted = default) => database.WriteAsync(session => EndAsync(session, value), aborted);

    internal static Task EndAsync(Session session, string value) => session.RunAsync("delete from session where digest = @digest", new { digest = Digest(value) });

    /// <summary>The same session under a new cookie value; <c>null</c> when it has ended.</summary>
    public async Task<string?> RenewAsync(string value, CancellationToken aborted = default)
    {
        var renewed = Base64Url.EncodeToString(secrets.Bytes(32));
        return await database.WriteAsync(session => session.RunAsync("update session set digest = @to where digest = @from", new { to = Digest(renewed), from = Digest(value) }), aborted) == 1 ? renewed : null;
    }

    /// <summary>A person's living sessions, the last used first.</summary>
    public Task<IReadOnlyList<OpenSession>> ListAsync(string personId, CancellationToken aborted = default) => database.ReadAsync(session => session.ListAsync<OpenSession>(
        "select digest, created_at, last_seen_at, user_agent, address from session where person_id = @personId and ends_at > @now order by last_seen_at desc, digest", new { personId, now = clock.GetUtcNow() }), aborted);

    /// <summary>Ends one session of this person, by its digest; somebody else's is not there.</summary>
    public async Task<bool> EndOneAsync(string personId, string digest, CancellationToken aborted = default) =>
        await database.WriteAsync(session => session.RunAsync("delete from session where digest = @digest and person_id = @personId", new { digest, personId }), aborted) == 1;

    /// <summary>Ends every session of a person but <paramref name="keep"/>, in the transaction of what made it necessary.</summary>
    public async Task EndAllAsync(Session session, string personId, string? keep = null)
    {
        await HoldAsync(session, personId);
        await session.RunAsync("delete from session where person_id = @personId and digest <> @keep", new { personId, keep = keep ?? "" });
    }

    /// <summary>Waits for whatever else begins or ends this person's sessions, and then says whether this one still lives: what we waited for may have ended it.</summary>
    internal static async Task<bool> StillLivesAsync(Session session, string personId, string? digest, DateTimeOffset now)
    {
        await HoldAsync(session, personId);
        return await session.FirstAsync<string>("select digest from session where digest = @digest and person_id = @personId and ends_at > @now", new { digest, personId, now }) is not null;
    }

    /// <summary>Keeps a session from ending until this transaction has; <c>false</c> when it has ended already.</summary>
    public async Task<bool> KeepAsync(Session session, string personId, string digest)
    {
        // The person's row before the session's, as a change of credentials takes them: it waits for us or we for it, and neither for what the other has.
        await HoldAsync(session, personId);
        return await session.FirstAsync<string>($"select digest from session where digest = @digest and person_id = @personId and ends_at > @now {session.ForUpdate}", new { digest, personId, now = clock.GetUtcNow() }) is not null;
    }

    private static Task HoldAsync(Session session, string personId) => session.FirstAsync<string>($"select id from person where id = @personId {session.ForUpdate}", new { personId });

    private static string Digest(string value) => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(value)));

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}

/// <summary>A living session and whose it is.</summary>
public sealed record SignedIn
{
    /// <summary>Names the session without opening it.</summary>
    public string Digest { get; init; } = "";
    public string PersonId { get; init; } = "";
    public string UserName { get; init; } = "";
    public string DisplayName { get; init; } = "";
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset LastSeenAt { get; init; }
}

/// <summary>A browser that is signed in.</summary>
public sealed record OpenSession
{
    /// <summary>Names the session without opening it.</summary>
    public string Digest { get; init; } = "";
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset LastSeenAt { get; init; }
    public string UserAgent { get; init; } = "";
    public string Address { get; init; } = "";
}
