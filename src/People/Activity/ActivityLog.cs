using Holdfast.People.Sessions;
using Holdfast.Shell.Language;
using Holdfast.Storage;

namespace Holdfast.People.Activity;

/// <summary>What happened to an account, for its person to read: sign-ins, changed passwords, second factors. Rows are added and never changed.</summary>
public sealed class ActivityLog(Database database, Ulids ulids, TimeProvider clock)
{
    private const int LongestAgent = 200;

    /// <summary>Failed tries of one account that are written down: one in this time, so that somebody who guesses cannot bury the rest.</summary>
    private static readonly TimeSpan MissEvery = TimeSpan.FromMinutes(1);

    private const string Insert = """
        insert into activity (id, person_id, kind, detail, address, user_agent, at)
        select @id, id, @kind, @detail, @address, @agent, @now from person where id = @personId
        """;

    private const string InsertRarely = Insert + " and not exists (select 1 from activity where person_id = @personId and kind = @kind and at > @since)";

    /// <param name="detail">A word of ours or a name the person gave; never a secret.</param>
    public Task AddAsync(HttpContext http, string personId, ActivityKind kind, string detail = "") =>
        database.WriteAsync(session => AddAsync(session, http, personId, kind, detail), http.RequestAborted);

    /// <inheritdoc cref="AddAsync(HttpContext, string, ActivityKind, string)"/>
    /// <remarks>In the transaction in which it happened. For nobody (an empty id) it does the same work and keeps nothing.</remarks>
    public Task AddAsync(Session session, HttpContext http, string personId, ActivityKind kind, string detail = "") => session.RunAsync(Insert, Row(http, personId, kind, detail));

    /// <summary>A try that did not work, to sign in unless another kind is given; one line a minute, account and kind.</summary>
    /// <param name="personId"><c>null</c> when there is no such account: the same work is done, and nothing is kept.</param>
    /// <param name="with">What was wrong; its words stand under <c>activity.failed.…</c>.</param>
    public async Task MissedAsync(Session session, HttpContext http, string? personId, string with, ActivityKind kind = ActivityKind.SignInFailed)
    {
        // Two failures at once are one line.
        await session.FirstAsync<string>($"select id from person where id = @personId {session.ForUpdate}", new { personId = personId ?? "" });
        await session.RunAsync(InsertRarely, Row(http, personId ?? "", kind, with));
    }

    /// <summary>The newest entries of one person.</summary>
    public Task<IReadOnlyList<ActivityEntry>> ListAsync(string personId, int atMost, CancellationToken aborted = default) => database.ReadAsync(session => session.ListAsync<ActivityEntry>(
        "select id, kind, detail, address, user_agent, at from activity where person_id = @personId order by at desc, id desc limit @atMost", new { personId, atMost }), aborted);

    private object Row(HttpContext http, string personId, ActivityKind kind, string detail)
    {
        var (now, agent) = (clock.GetUtcNow(), http.Request.Headers.UserAgent.ToString());
        return new { id = ulids.Next(), personId, kind = kind.ToString(), detail, address = SessionCookie.Address(http), agent = agent.CutTo(LongestAgent), now, since = now - MissEvery };
    }
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
