using Holdfast.Platform.Overrides;
using Holdfast.Platform.Posting;
using Holdfast.Storage;

namespace Holdfast.Platform.Faults;

/// <summary>What the console decides about posts to come, as the rows that <see cref="Verdicts"/> reads.</summary>
internal sealed class VerdictStore(Database database, Ulids ulids, TimeProvider clock)
{
    private const string Insert = """
        insert into post_verdict (id, app_id, creator_id, processing_ms, moderation_ms, fail_reason, times_left, created_at, story, ends_at)
        values (@id, @appId, @personId, @processing, @moderation, @FailReason, @times, @at, @story, @endsAt)
        """;

    public Task<IReadOnlyList<PendingVerdict>> ListAsync(CancellationToken aborted) => database.ReadAsync(session => session.ListAsync<PendingVerdict>("""
        select post_verdict.id, post_verdict.story, post_verdict.fail_reason, post_verdict.processing_ms, post_verdict.moderation_ms, post_verdict.times_left, post_verdict.ends_at, app.name as app_name, person.user_name
        from post_verdict left join app on app.id = post_verdict.app_id left join person on person.id = post_verdict.creator_id
        where post_verdict.times_left is null or post_verdict.times_left > 0 order by post_verdict.created_at, post_verdict.id
        """), aborted);

    public Task<AddFaultResult> AddAsync(NewVerdict wanted, CancellationToken aborted) => database.WriteAsync(async session =>
    {
        if (VerdictRule.ProblemWith(wanted) is { } problem)
            return new AddFaultResult.Refused(problem);
        var (app, person) = (wanted.ClientKey?.Trim(), wanted.Account?.Trim().TrimStart('@').ToLowerInvariant());
        var appId = string.IsNullOrEmpty(app) ? null : await session.FirstAsync<string>("select id from app where client_key = @app", new { app });
        if (appId is null && !string.IsNullOrEmpty(app))
            return new AddFaultResult.Refused(FaultProblem.App);
        var personId = string.IsNullOrEmpty(person) ? null : await session.FirstAsync<string>("select person.id from person join creator on creator.person_id = person.id where user_name = @person", new { person });
        if (personId is null && !string.IsNullOrEmpty(person))
            return new AddFaultResult.Refused(FaultProblem.Account);
        return (AddFaultResult)new AddFaultResult.Added(await AddAsync(session, wanted, VerdictRule.TimesOf(wanted), appId, personId, null, clock.GetUtcNow(), wanted.For is { } span ? clock.GetUtcNow() + span : null));
    }, aborted);

    /// <summary>A story's verdicts: one post each in their order, and the last for all that follow.</summary>
    public async Task AddAsync(Session session, IReadOnlyList<string> reasons, string story, DateTimeOffset now, DateTimeOffset endsAt)
    {
        foreach (var (at, reason) in reasons.Index())
            await AddAsync(session, new NewVerdict { FailReason = reason }, at == reasons.Count - 1 ? null : 1, null, null, story, now.AddMilliseconds(at), endsAt);
    }

    public Task<bool> StopAsync(string id, CancellationToken aborted) => database.WriteAsync(async session => await session.RunAsync("delete from post_verdict where id = @id", new { id }) > 0, aborted);

    /// <summary>Takes all away that no story set.</summary>
    public Task StopAllAsync(CancellationToken aborted) => database.WriteAsync(session => session.RunAsync("delete from post_verdict where story is null"), aborted);

    /// <summary>Removes those whose time is over or which are used up.</summary>
    public async Task ClearAsync(DateTimeOffset now)
    {
        if (await database.ReadAsync(session => session.FirstAsync<string>($"select id from post_verdict where {IsOver} limit 1", new { now })) is not null)
            await database.WriteAsync(session => session.RunAsync($"delete from post_verdict where {IsOver}", new { now }));
    }

    private const string IsOver = "ends_at <= @now or times_left <= 0";

    private async Task<string> AddAsync(Session session, NewVerdict wanted, int? times, string? appId, string? personId, string? story, DateTimeOffset at, DateTimeOffset? endsAt)
    {
        var id = ulids.Next();
        await session.RunAsync(Insert, new
        {
            id,
            appId,
            personId,
            processing = (long?)wanted.ProcessingDelay?.TotalMilliseconds,
            moderation = (long?)wanted.ModerationDelay?.TotalMilliseconds,
            wanted.FailReason,
            times,
            at,
            story,
            endsAt,
        });
        session.Signal(HearConsole.SignalTopic);
        return id;
    }
}

/// <summary>A verdict that waits for its posts.</summary>
public sealed record PendingVerdict
{
    public string Id { get; init; } = "";
    public string? Story { get; init; }
    public string? FailReason { get; init; }
    public long? ProcessingMs { get; init; }
    public long? ModerationMs { get; init; }
    public long? TimesLeft { get; init; }
    public DateTimeOffset? EndsAt { get; init; }
    public string? AppName { get; init; }
    public string? UserName { get; init; }
}
