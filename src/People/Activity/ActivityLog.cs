using Holdfast.People.Sessions;
using Holdfast.Storage;

namespace Holdfast.People.Activity;

/// <summary>What happened to an account, for its person to read: sign-ins, changed passwords, second factors. Rows are added and never changed.</summary>
public sealed class ActivityLog(Database database, Ulids ulids, TimeProvider clock)
{
    private const int LongestAgent = 200;

    /// <param name="detail">A word of ours or a name the person gave; never a secret.</param>
    public Task AddAsync(HttpContext http, string personId, ActivityKind kind, string detail = "") =>
        database.WriteAsync(session => AddAsync(session, http, personId, kind, detail), http.RequestAborted);

    /// <inheritdoc cref="AddAsync(HttpContext, string, ActivityKind, string)"/>
    /// <remarks>In the transaction in which it happened.</remarks>
    public Task AddAsync(Session session, HttpContext http, string personId, ActivityKind kind, string detail = "")
    {
        var agent = http.Request.Headers.UserAgent.ToString();
        return session.RunAsync("""
            insert into activity (id, person_id, kind, detail, address, user_agent, at)
            values (@id, @personId, @kind, @detail, @address, @agent, @now)
            """, new { id = ulids.Next(), personId, kind = kind.ToString(), detail, address = SessionCookie.Address(http), agent = agent.Length > LongestAgent ? agent[..LongestAgent] : agent, now = clock.GetUtcNow() });
    }

    /// <summary>The newest entries of one person.</summary>
    public Task<IReadOnlyList<ActivityEntry>> ListAsync(string personId, int atMost, CancellationToken aborted = default) => database.ReadAsync(session => session.ListAsync<ActivityEntry>(
        "select id, kind, detail, address, user_agent, at from activity where person_id = @personId order by at desc, id desc limit @atMost", new { personId, atMost }), aborted);
}

/// <summary>One line of the activity log.</summary>
public sealed record ActivityEntry
{
    public string Id { get; init; } = "";
    public ActivityKind Kind { get; init; }
    public string Detail { get; init; } = "";
    public string Address { get; init; } = "";
    public string UserAgent { get; init; } = "";
    public DateTimeOffset At { get; init; }
}
