using Holdfast.Platform.Developers.Audit;
using Holdfast.Platform.Developers.Configurations;
using Holdfast.Storage;
using Microsoft.Extensions.Options;

namespace Holdfast.Platform.Developers.Review;

/// <summary>Submissions and what became of them. Every step is one conditional statement (<see cref="ReviewMoves"/>).</summary>
internal sealed class Reviews(Database database, AppAudit audit, AppLetters letters, Ulids ulids, IOptions<ReviewOptions> options, TimeProvider clock)
{
    private const string Waiting = """
        select app.id as app_id, app.name, app.client_key, person.user_name as owner_name, app.approved_at is not null as is_revision, coalesce(max(review_event.at), app.created_at) as submitted_at,
          coalesce((select last.comments from review_event last where last.app_id = app.id and last.kind = 'Submitted' order by last.at desc, last.id desc limit 1), '') as explanation
        from app join person on person.id = app.owner_id left join review_event on review_event.app_id = app.id and review_event.kind = 'Submitted'
        where app.review_state = 'in_review' and app.disabled_at is null
        group by app.id, app.name, app.client_key, person.user_name, app.approved_at, app.created_at order by submitted_at, app.id
        """;

    public ReviewMode Mode => options.Value.Review;

    /// <param name="seen">When the draft that was shown was saved: another than that one is not submitted.</param>
    /// <param name="explanation">For the reviewer.</param>
    public Task<SubmitResult> SubmitAsync(string personId, string id, DateTimeOffset seen, string explanation, CancellationToken aborted) => database.WriteAsync<SubmitResult>(async session =>
    {
        // Held until we are done: a draft saved between this look and the approval would become live unseen and unproven.
        if (await session.FirstAsync<string>($"{AppAccess.MineOnly} {session.ForUpdate}", new { personId, id }) is null)
            return new SubmitResult.NotThere();
        if (await ConfigurationStore.DraftAsync(session, id) is not { } draft || draft.SavedAt != seen)
            return new SubmitResult.NotThis();
        if (SubmissionRule.Lacks(draft.Wanted, Mode).Where(lack => lack.Blocks).ToList() is { Count: > 0 } lacks)
            return new SubmitResult.Incomplete(lacks);
        return await SubmitAsync(session, personId, id, explanation) ? Mode is ReviewMode.Automatic ? new SubmitResult.Approved() : new SubmitResult.Waits() : new SubmitResult.NotThis();
    }, aborted);

    /// <summary>Submits the draft in the caller's transaction; where the rule decides, it is live after it.</summary>
    public async Task<bool> SubmitAsync(Session session, string personId, string id, string explanation = "")
    {
        var now = clock.GetUtcNow();
        if (await ReviewMoves.RunAsync(session, id, ReviewAction.Submit, now) == 0)
            return false;
        await NoteAsync(session, id, personId, AuditKind.Submitted, explanation, now);
        if (Mode is ReviewMode.Automatic)
            await ApproveAsync(session, null, id, "", now);
        return true;
    }

    /// <summary>Back to a draft; <c>false</c> when it is not in review any more.</summary>
    public Task<bool> RecallAsync(string personId, string id, CancellationToken aborted) => database.WriteAsync(async session =>
    {
        var now = clock.GetUtcNow();
        if (!await AppAccess.MayActAsync(session, personId, id) || await ReviewMoves.RunAsync(session, id, ReviewAction.Recall, now) == 0)
            return false;
        await NoteAsync(session, id, personId, AuditKind.Recalled, "", now);
        return true;
    }, aborted);

    /// <summary>Drops the draft of an app that is live.</summary>
    public Task<bool> RevertAsync(string personId, string id, CancellationToken aborted) => database.WriteAsync(async session =>
    {
        var now = clock.GetUtcNow();
        if (!await AppAccess.MayActAsync(session, personId, id) || await ReviewMoves.RunAsync(session, id, ReviewAction.Revert, now) == 0)
            return false;
        await session.RunAsync("delete from app_draft where app_id = @id", new { id });
        await NoteAsync(session, id, personId, AuditKind.RevisionDropped, "", now);
        return true;
    }, aborted);

    /// <summary>The reviewer's yes: from now on the draft is what counts. <c>false</c> when nothing waits.</summary>
    /// <param name="reviewerId"><c>null</c> where the console has no account.</param>
    /// <param name="seen">When the draft that the reviewer looked at was saved: one that took its place meanwhile is not approved. <c>null</c> for whatever waits.</param>
    public Task<bool> ApproveAsync(string? reviewerId, string id, string comments = "", DateTimeOffset? seen = null, CancellationToken aborted = default) =>
        database.WriteAsync(async session => await IsSeenAsync(session, id, seen) && await ApproveAsync(session, reviewerId, id, comments, clock.GetUtcNow()), aborted);

    /// <summary>The reviewer's no, with what has to change. What was live stays live.</summary>
    public Task<bool> NotApproveAsync(string? reviewerId, string id, string comments, CancellationToken aborted = default) => database.WriteAsync(async session =>
    {
        var now = clock.GetUtcNow();
        if (await ReviewMoves.RunAsync(session, id, ReviewAction.NotApprove, now) == 0)
            return false;
        await NoteAsync(session, id, reviewerId, AuditKind.NotApproved, comments, now);
        await letters.AddAsync(session, id, "not-approved", comments);
        return true;
    }, aborted);

    /// <summary>What waits for a reviewer, the oldest first.</summary>
    public Task<IReadOnlyList<WaitingReview>> WaitingAsync(CancellationToken aborted = default) => database.ReadAsync<IReadOnlyList<WaitingReview>>(async session =>
    {
        List<WaitingReview> found = [];
        foreach (var waiting in await session.ListAsync<WaitingReview>(Waiting))
        {
            if (await ConfigurationStore.DraftAsync(session, waiting.AppId) is not var (wanted, savedAt))
                continue;
            var live = waiting.IsRevision ? (await ConfigurationStore.LiveAsync(session, waiting.AppId))! : new AppConfiguration(); // the app is there
            found.Add(waiting with { Name = wanted.Name.Length > 0 ? wanted.Name : waiting.Name, Changes = ConfigurationChanges.Between(live, wanted), Details = wanted.Details, DraftSavedAt = savedAt });
        }
        return found;
    }, aborted);

    public Task<IReadOnlyList<ReviewEvent>> HistoryAsync(string id, CancellationToken aborted) => database.ReadAsync(session => session.ListAsync<ReviewEvent>(
        "select review_event.id, review_event.kind, review_event.comments, review_event.at, person.user_name from review_event left join person on person.id = review_event.person_id where app_id = @id order by at desc, review_event.id desc", new { id }), aborted);

    private async Task<bool> ApproveAsync(Session session, string? reviewerId, string id, string comments, DateTimeOffset now)
    {
        var wasLive = await session.FirstAsync<long>("select count(*) from app where id = @id and approved_at is not null", new { id }) == 1;
        if (await ReviewMoves.RunAsync(session, id, ReviewAction.Approve, now) == 0)
            return false;
        var (live, draft) = (await ConfigurationStore.LiveAsync(session, id), await ConfigurationStore.DraftAsync(session, id));
        if (live is null || draft is null)
            throw new InvalidOperationException($"The app {id} was in review without a draft.");
        await ConfigurationStore.ApplyAsync(session, id, draft.Wanted);
        var changes = wasLive ? ConfigurationChanges.Between(live, draft.Wanted) : [];
        await NoteAsync(session, id, reviewerId, AuditKind.Approved, comments, now, string.Join("; ", changes));
        if (changes.Any(change => change.IsWeighty))
            await letters.AddAsync(session, id, "changed", string.Join("\n", changes));
        else if (Mode is ReviewMode.Manual)
            await letters.AddAsync(session, id, "approved", comments);
        return true;
    }

    // The row is held until the decision: nobody recalls, changes and submits in between.
    private static async Task<bool> IsSeenAsync(Session session, string id, DateTimeOffset? seen) => seen is null
        || (await session.FirstAsync<string>($"select id from app where id = @id {session.ForUpdate}", new { id }) is not null && (await ConfigurationStore.DraftAsync(session, id))?.SavedAt == seen);

    private async Task NoteAsync(Session session, string id, string? personId, AuditKind kind, string comments, DateTimeOffset now, string detail = "")
    {
        await session.RunAsync("insert into review_event (id, app_id, person_id, kind, comments, at) values (@eventId, @id, @personId, @kind, @comments, @now)",
            new { eventId = ulids.Next(), id, personId, kind = kind.ToString(), comments, now });
        await audit.AddAsync(session, id, kind, personId, detail: detail);
    }
}

internal abstract record SubmitResult
{
    private SubmitResult()
    {
    }

    public sealed record Approved : SubmitResult;

    public sealed record Waits : SubmitResult;

    public sealed record Incomplete(IReadOnlyList<Lack> Lacks) : SubmitResult;

    /// <summary>It changed meanwhile, or cannot be submitted now.</summary>
    public sealed record NotThis : SubmitResult;

    public sealed record NotThere : SubmitResult;
}

/// <summary>A submission that waits.</summary>
public sealed record WaitingReview
{
    public string AppId { get; init; } = "";
    public string Name { get; init; } = "";
    public string ClientKey { get; init; } = "";
    public string OwnerName { get; init; } = "";

    /// <summary>Another version of it is live.</summary>
    public bool IsRevision { get; init; }

    public DateTimeOffset SubmittedAt { get; init; }

    /// <summary>What the developer says to the reviewer.</summary>
    public string Explanation { get; init; } = "";

    /// <summary>What approval would make count, beside what counts now.</summary>
    public IReadOnlyList<ConfigurationChange> Changes { get; init; } = [];

    public AppDetails Details { get; init; } = new();

    /// <summary>Says which draft this is.</summary>
    public DateTimeOffset DraftSavedAt { get; init; }
}

/// <summary>A step in the history of reviews.</summary>
public sealed record ReviewEvent
{
    public string Id { get; init; } = "";
    public string Kind { get; init; } = "";
    public string Comments { get; init; } = "";
    public DateTimeOffset At { get; init; }

    /// <summary><c>null</c> where the rule or the console decided.</summary>
    public string? UserName { get; init; }
}
