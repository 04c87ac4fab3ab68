using Holdfast.Platform.Overrides;
using Holdfast.Storage;

namespace Holdfast.Platform.Faults;

/// <summary>The table of faults.</summary>
internal sealed class FaultStore(Database database, Ulids ulids, TimeProvider clock)
{
    private const string Select = """
        select fault.*, app.name as app_name, person.user_name
        from fault left join app on app.id = fault.app_id left join person on person.id = fault.person_id
        """;

    private const string Insert = """
        insert into fault (id, story, place, app_id, person_id, kind, status, code, message, retry_after_seconds, delay_ms, remaining, ends_at, created_at)
        values (@Id, @Story, @Place, @AppId, @PersonId, @kind, @Status, @Code, @Message, @RetryAfterSeconds, @DelayMs, @Remaining, @EndsAt, @CreatedAt)
        """;

    // The condition is the count: of two calls that want the last use, one changes the row and the other does not.
    private const string Take = """
        update fault set used = used + 1, remaining = remaining - 1, last_used_at = @now
        where id = @Id and (remaining is null or remaining > 0) and (ends_at is null or ends_at > @now)
        returning used, remaining
        """;

    public Task<IReadOnlyList<Fault>> ListAsync(CancellationToken aborted = default) => database.ReadAsync(session => session.ListAsync<Fault>(Select + " order by fault.id"), aborted);

    /// <summary>Adds a fault; it acts from now on, on every node.</summary>
    public Task<AddFaultResult> AddAsync(NewFault wanted, CancellationToken aborted) => database.WriteAsync(session => AddAsync(session, wanted, null, null), aborted);

    /// <summary>The same in somebody else's transaction, as a part of a story.</summary>
    public async Task<AddFaultResult> AddAsync(Session session, NewFault wanted, string? story, DateTimeOffset? storyEndsAt)
    {
        if (FaultRule.ProblemWith(wanted) is { } problem)
            return new AddFaultResult.Refused(problem);
        var (app, person) = (wanted.ClientKey?.Trim(), wanted.Account?.Trim().TrimStart('@').ToLowerInvariant());
        var appId = string.IsNullOrEmpty(app) ? null : await session.FirstAsync<string>("select id from app where client_key = @app", new { app });
        if (appId is null && !string.IsNullOrEmpty(app))
            return new AddFaultResult.Refused(FaultProblem.App);
        var personId = string.IsNullOrEmpty(person) ? null : await session.FirstAsync<string>("select id from person where user_name = @person", new { person });
        if (personId is null && !string.IsNullOrEmpty(person))
            return new AddFaultResult.Refused(FaultProblem.Account);

        var fault = FaultRule.Make(wanted, ulids.Next(), story, clock.GetUtcNow(), storyEndsAt) with { AppId = appId, PersonId = personId };
        await session.RunAsync(Insert, new
        {
            fault.Id,
            fault.Story,
            fault.Place,
            fault.AppId,
            fault.PersonId,
            kind = fault.Kind.ToString(),
            fault.Status,
            fault.Code,
            fault.Message,
            fault.RetryAfterSeconds,
            fault.DelayMs,
            fault.Remaining,
            fault.EndsAt,
            fault.CreatedAt,
        });
        session.Signal(HearConsole.SignalTopic);
        return new AddFaultResult.Added(fault.Id);
    }

    /// <summary>Takes one use; the how manieth it is, or <c>null</c> when there was none left.</summary>
    public Task<long?> TakeAsync(Fault fault) => database.WriteAsync(async session =>
    {
        var taken = await session.FirstAsync<Taken>(Take, new { fault.Id, now = clock.GetUtcNow() });
        if (taken is { Remaining: 0 })
            session.Signal(HearConsole.SignalTopic);
        return taken?.Used;
    });

    /// <summary>Takes one away; <c>false</c> when it is not there.</summary>
    public Task<bool> StopAsync(string id, CancellationToken aborted) => DeleteAsync("id = @id", new { id }, aborted);

    /// <summary>Takes all away that somebody set; weather has its own end.</summary>
    public Task StopAllAsync(CancellationToken aborted) => DeleteAsync("story is null", new { }, aborted);

    /// <summary>Forgets those that ended a while ago.</summary>
    public Task ForgetAsync(DateTimeOffset before) => database.WriteAsync(session => session.RunAsync(
        "delete from fault where ends_at < @before or (remaining = 0 and last_used_at < @before)", new { before }));

    private Task<bool> DeleteAsync(string which, object parameters, CancellationToken aborted) => database.WriteAsync(async session =>
    {
        var gone = await session.RunAsync($"delete from fault where {which}", parameters) > 0;
        session.Signal(HearConsole.SignalTopic);
        return gone;
    }, aborted);

    private sealed record Taken
    {
        public long Used { get; init; }
        public long? Remaining { get; init; }
    }
}

/// <summary>What became of a fault that was asked for.</summary>
internal abstract record AddFaultResult
{
    private AddFaultResult() { }

    public sealed record Added(string Id) : AddFaultResult;

    public sealed record Refused(FaultProblem Problem) : AddFaultResult;
}
