using Holdfast.Domain.Posts;
using Holdfast.Storage;
using Holdfast.Studio.Posts;

namespace Holdfast.Studio.Notices;

/// <summary>What people hear about posts: a failure, a wait that needs somebody, an outcome that only somebody can find out.</summary>
/// <remarks>A wait that the account's own notice or an incident explains is not told again for each of its posts, and one that passes by itself is not told at all.</remarks>
internal sealed class PostNotices(NoticeQueue notices)
{
    private const string LateKey = "late";

    /// <summary>After a long pause many posts are late at once: what comes this soon after a notice that is still open is the same message.</summary>
    private static readonly TimeSpan SameWithin = TimeSpan.FromHours(1);

    /// <param name="by">The member who did it: whoever pressed the button sees the answer.</param>
    public async Task AddAsync(Session session, PostRow before, PostRow after, PostEntry? entry, string? by)
    {
        if (Settled(before, after) is { Length: > 0 } settled)
            await notices.SolvePostAsync(session, before.WorkspaceId, before.Id, settled);
        if (IsLate(before) && !IsLate(after))
            await SolveLateAsync(session, before.WorkspaceId);
        if (by is null && Told(after) is { } news && Told(before) != news && (!IsLate(after) || await IsNewsAsync(session, after)))
            await notices.AddAsync(session, Of(after, news.Kind, news.Cause, entry));
    }

    private static NewNotice Of(PostRow row, Occasion kind, string cause, PostEntry? entry) => new(row.WorkspaceId, kind, KeyOf(row, kind, cause))
    {
        Cause = cause,
        PostId = IsLate(row) ? null : row.Id,
        ConnectionId = row.ConnectionId,
        LogId = entry?.LogId,
        // A wait that is tried again, and goes on, is the same wait; one that ended and is back is another.
        OpenKey = IsLate(row) ? $"{LateKey}:{row.Id}" : kind is Occasion.PostHeld ? KeyOf(row, kind, cause) : null,
        KeyWhenBack = kind is Occasion.PostHeld ? $"{KeyOf(row, kind, cause)}:{row.Version}" : null,
    };

    // A second failure is another one.
    private static string KeyOf(PostRow row, Occasion kind, string cause) => kind switch
    {
        Occasion.PostHeld => $"{kind}:{row.Id}:{cause}:{row.DueAt?.ToUnixTimeMilliseconds()}",
        Occasion.PostUnconfirmed => $"{kind}:{row.Id}:{row.InitSentAt?.ToUnixTimeMilliseconds()}",
        _ => $"{kind}:{row.Id}:{row.Version}",
    };

    private static (Occasion Kind, string Cause)? Told(PostRow row) => row switch
    {
        { State: PostState.Failed, FailureCode: { } code } => (Occasion.PostFailed, code),
        { State: PostState.Unconfirmed, Post.AsksPerson: true } => (Occasion.PostUnconfirmed, nameof(PostState.Unconfirmed)),
        { State: PostState.Held, Hold: { } reason } when HoldRule.Ends(reason) is HoldEnds.ByPerson
            || reason is HoldReason.MediaMissing or HoldReason.MissingScope or HoldReason.DailyCap or HoldReason.PendingDraftCap => (Occasion.PostHeld, $"{reason}"),
        _ => null,
    };

    // A post that is being tried again has not got out of its trouble yet.
    private static Occasion[] Settled(PostRow before, PostRow after) => (before.State, after.State) switch
    {
        (_, PostState.Checking) => [],
        (PostState.Held, PostState.Held) => Told(before) is not null && Told(before) != Told(after) ? [Occasion.PostHeld] : [],
        (PostState.Checking, PostState.Held) => Foreseen(before, after),
        (PostState.Held or PostState.Checking, _) => [Occasion.PostHeld, .. Foreseen(before, after)],
        (PostState.Failed, not PostState.Failed) => [Occasion.PostFailed],
        (PostState.Unconfirmed, not PostState.Unconfirmed) => [Occasion.PostUnconfirmed],
        _ => Foreseen(before, after),
    };

    private static Occasion[] Foreseen(PostRow before, PostRow after) => before.PrecheckProblem is not null && after.ForgetsProblem ? [Occasion.PostCheck] : [];

    private static bool IsLate(PostRow row) => row is { State: PostState.Held, Hold: HoldReason.Late };

    /// <summary>One message, and the page shows them all; a post that is late long after those is told, or one that somebody forgot would silence it.</summary>
    private static async Task<bool> IsNewsAsync(Session session, PostRow late)
    {
        await LateOneAtATimeAsync(session, late.WorkspaceId);
        return await session.FirstAsync<string>($"select id from notice where workspace_id = @WorkspaceId and open_key like '{LateKey}%' and solved_at is null and made_at > @since limit 1",
            new { late.WorkspaceId, since = late.UpdatedAt - SameWithin }) is null;
    }

    private async Task SolveLateAsync(Session session, string workspaceId)
    {
        await LateOneAtATimeAsync(session, workspaceId);
        if (await session.FirstAsync<string>("select id from post where workspace_id = @workspaceId and state = 'Held' and hold = 'Late' limit 1", new { workspaceId }) is null)
            await notices.SolveOpenAsync(session, workspaceId, LateKey);
    }

    // One post may become late while the last other one ceases to be: neither would see the other, and the notice that is settled would have been for both.
    private static Task LateOneAtATimeAsync(Session session, string workspaceId) => session.OneAtATimeAsync($"{LateKey}:{workspaceId}");
}
